package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.engine.EngineUnreachableException;
import dev.hostseed.core.host.EngineName;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;

/// Commands in a container that runs, beside its own. What they print is reported line by line.
record Exec(EngineName container, Engine engine, Reporter reporter) {
    private static final Duration SILENCE = Duration.ofDays(20);
    private static final long LAST_WORDS_MILLIS = 1000;

    /// Whether to wait on; it takes its time before it answers.
    @FunctionalInterface
    interface Waiting {
        boolean goesOn() throws IOException;
    }

    /// Runs a command.
    ///
    /// @param body of `POST /containers/{id}/exec`
    /// @return its exit status; nothing if it had not ended when `waiting` was over, and then it may still run
    /// @throws EngineRefusedException if it cannot be run, or the Engine has forgotten it
    OptionalInt run(Data.Mapping body, Waiting waiting) throws IOException {
        var created = Fields.mapping(engine.post("/containers/" + container + "/exec", body));
        var id = Fields.text(created, "Id");
        var how = Data.mapping().with("Detach", false).with("Tty", false);
        var output = engine.withIdleTimeout(SILENCE).stream("/exec/" + id + "/start", how);
        try (var lines = ExecOutput.report(output, reporter)) {
            while (waiting.goesOn()) {
                var status = statusOf(id);
                if (status.isPresent()) {
                    lines.await(LAST_WORDS_MILLIS);
                    return status;
                }
            }
            return OptionalInt.empty();
        }
    }

    private OptionalInt statusOf(String id) throws IOException {
        try {
            var seen = Fields.mapping(engine.find("/exec/" + id + "/json")
                    .orElseThrow(() -> new EngineRefusedException(404, "the Docker Engine has forgotten the command")));
            return !Fields.truth(seen, "Running") && seen.entries().get("ExitCode") instanceof Data.Whole(var status)
                    ? OptionalInt.of((int) status)
                    : OptionalInt.empty();
        } catch (EngineUnreachableException away) {
            return OptionalInt.empty();
        }
    }
}
