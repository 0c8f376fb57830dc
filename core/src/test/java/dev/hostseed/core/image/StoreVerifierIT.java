package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Row D20 of the catalogue of faults, against the machine's own `dockerd`, and those below the directories in
/// `HOSTSEED_ENGINE_ROOTS`.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreVerifierIT {
    private static final String LONG = "long/" + "n".repeat(120) + "/" + "m".repeat(90);

    @TempDir
    private Path work = Path.of("/nonexistent");

    static Stream<TestEngine.Kind> engines() {
        return TestEngine.kinds();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void D20_a_file_that_a_power_cut_emptied_is_found_and_repaired_by_removing_the_image(TestEngine.Kind kind)
            throws Exception {
        var lock = bundle();
        try (var engine = TestEngine.start(kind)) {
            var absent = verify(lock, engine);
            load(engine);
            var whole = verify(lock, engine);
            truncate(engine, "payload");
            var damaged = verify(lock, engine);
            load(engine); // the Engine has it, and changes nothing
            var again = verify(lock, engine);
            engine.docker("rmi", "a/one:1");
            load(engine);
            var repaired = verify(lock, engine);

            assertThat(absent.isThere()).isFalse();
            assertThat(whole.first()).isEmpty();
            assertThat(whole.files()).isEqualTo(9);
            var upper = lock.images().getFirst().layers().get(1).plain().digest();
            assertThat(damaged.first())
                    .containsExactly(
                            new StoredImage.Difference("/usr/payload", upper.value(), "10000 bytes", "0 bytes"));
            assertThatThrownBy(() -> StoredImage.requireWhole(List.of(damaged), work))
                    .isInstanceOf(DamagedStoreException.class)
                    .hasMessageContaining("docker rmi a/one:1; hostseed load --bundle " + work);
            assertThat(again).isEqualTo(damaged);
            assertThat(repaired).isEqualTo(whole);
            assertThat(engine.docker("ps", "--all", "--quiet")).isEmpty();
            assertThat(engine.docker("volume", "ls", "--quiet")).isEmpty();
        }
    }

    private void load(TestEngine engine) throws IOException {
        BundleLoader.load(work.resolve("bundle"), Engine.at(engine.socket()), Progress.SILENT);
    }

    private StoredImage verify(Lock lock, TestEngine engine) throws IOException {
        return StoreVerifier.verify(work.resolve("bundle"), lock, Engine.at(engine.socket()), Progress.SILENT)
                .getFirst();
    }

    /// Below the data root: in one layer, or with the driver vfs in each that is above it, too.
    private static void truncate(TestEngine engine, String name) throws IOException {
        try (var files = Files.walk(engine.socket().resolveSibling("data"))) {
            var found = files.filter(file -> file.endsWith(name) && Files.isRegularFile(file))
                    .toList();
            assertThat(found).isNotEmpty();
            for (var file : found) {
                Files.write(file, new byte[0]);
            }
        }
    }

    private Lock bundle() throws Exception {
        var lower = Files.createDirectories(work.resolve("lower"));
        write(lower, "etc/gone", 5);
        write(lower, "etc/hosts", 5);
        write(lower, "etc/kept", 5);
        write(lower, "opaque/below", 5);
        write(lower, "usr/changed", 5);
        write(lower, "usr/tool", 5000);
        Files.createLink(lower.resolve("usr/other-name"), lower.resolve("usr/tool"));
        Files.createSymbolicLink(lower.resolve("usr/link"), Path.of("../usr/tool"));
        write(lower, LONG, 5);
        var upper = Files.createDirectories(work.resolve("upper"));
        write(upper, "etc/.wh.gone", 0);
        write(upper, "opaque/.wh..wh..opq", 0);
        write(upper, "opaque/above", 7);
        write(upper, "usr/changed", 7);
        write(upper, "usr/empty", 0);
        write(upper, "usr/payload", 10_000);
        var saved = TestImages.savedWithVolume(
                "a/one:1", Platform.ofThisMachine().architecture(), "/opaque", List.of(tar(lower), tar(upper)));
        var request = new Request(
                new ProjectName("shop"),
                new TreeSet<>(List.of(ImageReference.parse("a/one:1"))),
                Platform.ofThisMachine(),
                Pins.NONE);
        var archive = Files.write(work.resolve("one.tar"), saved);
        return Bundle.collect(
                request, List.of(new ImageSource.FromArchive(archive)), work.resolve("bundle"), Progress.SILENT);
    }

    private static void write(Path root, String name, int size) throws IOException {
        var file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, new byte[size]);
    }

    private static byte[] tar(Path root) throws IOException, InterruptedException {
        var tar = new ProcessBuilder("tar", "-C", root.toString(), "--sort=name", "--format=pax", "-c", ".").start();
        var bytes = tar.getInputStream().readAllBytes();
        assertThat(tar.waitFor()).isZero();
        return bytes;
    }
}
