package dev.hostseed.core.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A program that is called.
final class Tool {
    private Tool() {}

    /// @param output of both streams
    record Ended(int status, String output) {
        Ended good() {
            assertThat(status).as(output).isZero();
            return this;
        }
    }

    static Ended run(Path directory, Map<String, String> environment, String... command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    /// Skips the test, or where all tests have to run fails it.
    static void require(boolean there, String what) {
        if (!there) {
            assertThat(System.getenv("CI")).as(what).isNotEqualTo("true");
            assumeTrue(false, what);
        }
    }

    /// The path that `command` prints.
    static String path(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command).start();
        var path = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        require(process.waitFor() == 0, String.join(" ", command) + ": " + said);
        return path;
    }
}
