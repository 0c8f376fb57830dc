package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// A program of others that reads and writes images. The environment's `HOSTSEED_JUDGES`, directories divided by
/// colons, comes before `PATH`.
record Judge(Path program) {
    /// One that every Debian has. Where it is not installed, the test is skipped; it fails in CI.
    static Judge installed(String name) {
        var found = find(name);
        if (found.isEmpty() && "true".equals(System.getenv("CI"))) {
            Assertions.fail("this test needs " + name);
        }
        Assumptions.assumeFalse(found.isEmpty(), "needs " + name);
        return new Judge(found.getFirst());
    }

    /// One that only some Debian has: where it is not installed, that of `suite`; where that is not to be had, the test
    /// is skipped.
    static Judge installedOrOf(String suite, String name) throws IOException, InterruptedException {
        var found = find(name);
        if (!found.isEmpty()) {
            return new Judge(found.getFirst());
        }
        var taken = new ProcessBuilder("src/test/judges/mkjudge", suite, name).start();
        var path = new String(taken.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var said = new String(taken.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        Assumptions.assumeTrue(taken.waitFor() == 0, "no " + name + ", and none to be had: " + said);
        return new Judge(Path.of(path));
    }

    private static List<Path> find(String name) {
        var places = System.getenv().getOrDefault("HOSTSEED_JUDGES", "") + ":" + System.getenv("PATH");
        return Stream.of(places.split(":"))
                .filter(place -> !place.isEmpty())
                .map(place -> Path.of(place, name))
                .filter(Files::isExecutable)
                .toList();
    }

    /// What `program arguments…` prints, standard error included.
    ///
    /// @throws AssertionError if it fails
    String run(String... arguments) throws IOException, InterruptedException {
        var process = start(arguments);
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(program + " " + List.of(arguments) + ": " + said)
                .isZero();
        return said.strip();
    }

    Process start(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return process;
    }
}
