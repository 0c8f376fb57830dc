package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A real process that makes a bundle, killed by strace at every system call that changes names or waits for the
/// medium.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BundleKillIT {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final int KILLED = 137;

    @TempDir
    private Path work = Path.of("/nonexistent");

    @BeforeEach
    void make() throws IOException, InterruptedException {
        var present = Files.isExecutable(Path.of("/usr/bin/strace"))
                && start(List.of("strace", "-f", "-qq", "-o", "/dev/null", "true")) == 0;
        if (!present && "true".equals(System.getenv("CI"))) {
            Assertions.fail("this test needs strace, allowed to trace");
        }
        Assumptions.assumeTrue(present, "needs strace, allowed to trace");
        for (var name : List.of("old", "new")) {
            var layers = List.of(TestImages.layer("base", "base"), TestImages.layer(name, name));
            Files.write(work.resolve(name + ".tar"), TestImages.saved("a/one:1", "amd64", layers));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rename,renameat2,mkdir", "fsync,link,linkat", "unlink,unlinkat,rmdir"})
    void whoever_is_killed_leaves_the_old_bundle_or_the_new_one(String calls) throws Exception {
        for (var k = 1; ; k++) {
            var what = "killed at number " + k + " of " + calls;
            collect(work, "old");

            var code = start(traced(calls, k));

            if (code == 0) {
                assertThat(k).as("kills at " + calls).isGreaterThan(5);
                return;
            }
            assertThat(code).as(what).isEqualTo(KILLED);
            assertThat(kind()).as(what).isIn("old", "new");
            collect(work, "new");
            assertThat(kind()).as(what).isEqualTo("new");
            try (var files = Files.list(work)) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as(what)
                        .containsExactlyInAnyOrder("bundle", "old.tar", "new.tar");
            }
        }
    }

    private List<String> traced(String calls, int k) {
        var command = new ArrayList<>(List.of(
                "strace",
                "-f",
                "-qq",
                "-o",
                "/dev/null",
                "-e",
                "trace=" + calls,
                "-e",
                "inject=" + calls + ":signal=SIGKILL:when=" + k));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("java.class.path"),
                BundleKillIT.class.getName(),
                work.toString()));
        return command;
    }

    /// The process that is killed: makes the new bundle.
    public static void main(String[] directory) throws IOException {
        collect(Path.of(directory[0]), "new");
    }

    private static void collect(Path work, String archive) throws IOException {
        Bundle.collect(
                new Request(
                        new ProjectName("shop"),
                        new TreeSet<>(List.of(ImageReference.parse("a/one:1"))),
                        AMD64,
                        Pins.NONE),
                List.of(new ImageSource.FromArchive(work.resolve(archive + ".tar"))),
                work.resolve("bundle"),
                Progress.SILENT);
    }

    private String kind() throws IOException {
        var lock = LockFile.read(work.resolve("bundle").resolve(Bundle.LOCK));
        Bundle.verify(work.resolve("bundle"), lock, Progress.SILENT);
        var last = lock.images().getFirst().layers().getLast().plain().digest();
        return last.equals(Digest.of(TestImages.layer("new", "new"))) ? "new" : "old";
    }

    private static int start(List<String> command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
