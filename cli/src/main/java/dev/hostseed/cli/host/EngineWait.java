package dev.hostseed.cli.host;

import dev.hostseed.cli.UsageException;
import dev.hostseed.core.engine.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/// How long a verb waits for an Engine that does not answer yet, as at boot.
record EngineWait(Duration time) {
    static final String OPTION = "--docker-timeout";

    static EngineWait of(Arguments arguments) throws UsageException {
        var text = arguments.get(OPTION, "0");
        if (text.isEmpty() || text.length() > 6 || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new UsageException(OPTION + ": '" + text + "' is not a number of seconds");
        }
        return new EngineWait(Duration.ofSeconds(Long.parseLong(text)));
    }

    /// @param status is told what is waited for
    void await(Engine engine, Consumer<String> status) throws IOException {
        if (time.isPositive()) {
            engine.await(time, why -> status.accept("waiting for the Docker Engine: " + why));
        }
    }
}
