package dev.hostseed.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// Programs of the machine that judge what was written. One that is absent skips its test, but not in CI.
public final class Tool {
    private Tool() {}

    /// Goes on if `command` ends well.
    public static void require(String... command) throws IOException, InterruptedException {
        var works = works(command);
        var what = String.join(" ", command);
        if ("true".equals(System.getenv("CI"))) {
            assertThat(works).as("CI has what '%s' needs", what).isTrue();
        }
        assumeTrue(works, "does not work here: " + what);
    }

    /// Whether `command` can be run, and ends well.
    public static boolean works(String... command) throws InterruptedException {
        try {
            var process = start(command);
            process.getInputStream().readAllBytes();
            return process.waitFor() == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    /// What `command` printed, both streams; it has to end well.
    public static String run(String... command) throws IOException, InterruptedException {
        var process = start(command);
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", String.join(" ", command), output)
                .isZero();
        return output;
    }

    private static Process start(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
