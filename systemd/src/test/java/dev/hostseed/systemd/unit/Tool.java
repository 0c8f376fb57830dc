package dev.hostseed.systemd.unit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/// Programs of the system that judge what we write.
final class Tool {
    private Tool() {}

    /// What `command` prints, both streams. It must end by itself.
    static String output(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /// Skips the test unless `condition`; where everything must be tested, fails it.
    static void require(boolean condition, String what) {
        if (!condition && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("missing: " + what);
        }
        assumeTrue(condition, () -> "left out, for want of " + what);
    }

    static Path systemdAnalyze() {
        return Path.of("/usr/bin/systemd-analyze");
    }
}
