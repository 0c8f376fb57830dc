package dev.hostseed.systemd.release;

import dev.hostseed.systemd.unit.UnitName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.commons.exec.CommandLine;
import org.apache.commons.exec.DefaultExecutor;
import org.apache.commons.exec.ExecuteWatchdog;
import org.apache.commons.exec.PumpStreamHandler;

/// systemctl(1).
///
/// @param program found by PATH, or a path
/// @param timeout of one call
record SystemctlCommand(String program, Duration timeout) implements Systemctl {
    private static final int LONGEST_MESSAGE = 2000;

    @Override
    public void daemonReload() throws SystemctlException {
        require("daemon-reload");
    }

    @Override
    public void start(UnitName unit) throws SystemctlException {
        require("start", "--no-block", unit.value());
    }

    @Override
    public void reloadIfActive(UnitName unit) throws SystemctlException {
        if (run(new ByteArrayOutputStream(), "is-active", "--quiet", unit.value()) == 0) {
            require("reload", unit.value());
        }
    }

    void require(String... arguments) throws SystemctlException {
        var output = new ByteArrayOutputStream();
        var status = run(output, arguments);
        if (status != 0) {
            throw new SystemctlException(
                    "%s %s ended with %d: %s".formatted(program, String.join(" ", arguments), status, message(output)));
        }
    }

    private int run(ByteArrayOutputStream output, String... arguments) throws SystemctlException {
        var watchdog = ExecuteWatchdog.builder().setTimeout(timeout).get();
        var streams = new PumpStreamHandler(output);
        streams.setStopTimeout(Duration.ofMillis(200)); // a child of it may live on, and keep them open
        var executor =
                DefaultExecutor.builder().setExecuteStreamHandler(streams).get();
        executor.setWatchdog(watchdog);
        executor.setExitValues(null); // any: the caller looks
        try {
            var status = executor.execute(new CommandLine(program).addArguments(arguments, false));
            if (!watchdog.killedProcess()) {
                return status;
            }
        } catch (IOException failed) {
            if (!watchdog.killedProcess()) {
                throw new SystemctlException("cannot run " + program + ": " + failed.getMessage(), failed);
            }
        }
        throw new SystemctlException(
                "%s %s did not end within %d ms".formatted(program, String.join(" ", arguments), timeout.toMillis()));
    }

    private static String message(ByteArrayOutputStream output) {
        var text = output.toString(StandardCharsets.UTF_8).strip();
        return text.length() <= LONGEST_MESSAGE ? text : text.substring(0, LONGEST_MESSAGE);
    }
}
