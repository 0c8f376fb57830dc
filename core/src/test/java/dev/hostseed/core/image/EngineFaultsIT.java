package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineFullException;
import dev.hostseed.core.image.LoadRecord.Brought;
import dev.hostseed.core.image.LoadReport.Outcome;
import dev.hostseed.core.image.Prune.Fate;
import dev.hostseed.core.testing.TestEngine;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The faults of an Engine that a real one can be brought to. Afterwards nothing half loaded is taken for loaded, and
/// the next load succeeds.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EngineFaultsIT {
    @TempDir
    private Path work = Path.of("/nonexistent");

    private final List<TestEngine> started = new ArrayList<>();

    static Stream<TestEngine.Kind> engines() {
        return TestEngine.kinds();
    }

    @AfterEach
    void stop() throws IOException {
        for (var engine : started) {
            engine.close();
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void D02_a_socket_that_is_closed_to_us_is_said_with_its_owner_and_mode(TestEngine.Kind kind) throws Exception {
        var engine = start(kind);
        bundle("bundle", "a/one:1", 1000);
        Files.setPosixFilePermissions(engine.socket(), PosixFilePermissions.fromString("---------"));
        var helpless = List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all");

        var process = LoadProcess.start(helpless, work.resolve("bundle"), engine.socket(), Long.MAX_VALUE);

        assertThat(output(process))
                .contains("may not connect to " + engine.socket() + ", which belongs to root:")
                .contains("mode ---------; run as root, or as a member of its group");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void D11_an_engine_that_is_killed_meanwhile_gets_the_image_all_the_same(TestEngine.Kind kind) throws Exception {
        var engine = start(kind);
        bundle("bundle", "a/one:1", 3_000_000);
        var killed = new boolean[1];

        var report = BundleLoader.load(work.resolve("bundle"), at(engine), (what, done, total) -> {
            if (what.equals("loading a/one:1") && done > 1_000_000 && !killed[0]) {
                killed[0] = true;
                killAndBegin(engine);
            }
        });

        assertThat(killed[0]).isTrue();
        assertThat(report.outcomes().values()).containsExactly(Outcome.LOADED);
        isWhole(engine, "a/one:1");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void D11_a_load_that_is_killed_leaves_nothing_that_is_taken_for_loaded(TestEngine.Kind kind) throws Exception {
        var engine = start(kind);
        bundle("bundle", "a/one:1", 3_000_000);
        var process = LoadProcess.start(List.of(), work.resolve("bundle"), engine.socket(), 1_000_000);
        assertThat(firstLine(process)).isEqualTo("half");
        process.destroyForcibly().waitFor();

        assertThat(engine.docker("images", "--quiet")).isEmpty();
        assertThat(load("bundle", engine).outcomes().values()).containsExactly(Outcome.LOADED);
        isWhole(engine, "a/one:1");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void D12_an_engine_that_hangs_is_given_up_and_serves_again_when_it_goes_on(TestEngine.Kind kind) throws Exception {
        var engine = start(kind);
        bundle("bundle", "a/one:1", 1000);
        engine.signal("STOP");
        var impatient = at(engine).withIdleTimeout(Duration.ofSeconds(1));
        try {
            assertThatThrownBy(() -> BundleLoader.load(work.resolve("bundle"), impatient, Progress.SILENT))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining(engine.socket().toString())
                    .hasMessageContaining("it seems to hang");
        } finally {
            engine.signal("CONT");
        }

        load("bundle", engine);
        isWhole(engine, "a/one:1");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void D16_an_engine_whose_disk_is_full_keeps_nothing_and_takes_what_fits(TestEngine.Kind kind) throws Exception {
        var engine = TestEngine.withDisk(kind, "48m");
        started.add(engine);
        bundle("large", "a/large:1", 60_000_000);
        bundle("small", "a/small:1", 1_000_000);

        assertThatThrownBy(() -> load("large", engine))
                .isInstanceOf(EngineFullException.class)
                .hasMessageContaining("cannot load a/large:1: ")
                .hasMessageContaining("no space left on device");

        assertThat(engine.docker("images", "--quiet")).isEmpty();
        loadOnceThereIsRoom("small", engine);
        isWhole(engine, "a/small:1");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void D20_images_that_were_on_their_way_when_the_power_was_cut_are_loaded_again(TestEngine.Kind kind)
            throws Exception {
        var engine = start(kind);
        var lock = bundle("bundle", "a/one:1", 1000);
        var record = work.resolve("images.json");
        recorded("bundle", lock, engine, record, "boot-1");
        LoadRecord.EMPTY.loading("boot-1", lock.images()).write(record);
        var said = new ArrayList<String>();

        var report = RecordedLoad.load(
                work.resolve("bundle"), lock, List.of(), at(engine), record, "boot-2", Progress.SILENT, said::add);

        assertThat(said).hasSize(1);
        assertThat(report.outcomes().values()).containsExactly(Outcome.LOADED);
        isWhole(engine, "a/one:1");
        assertThat(recorded("bundle", lock, engine, record, "boot-3").outcomes().values())
                .containsExactly(Outcome.PRESENT);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void D17_what_no_release_needs_and_no_container_uses_is_removed_and_nothing_else(TestEngine.Kind kind)
            throws Exception {
        var engine = start(kind);
        var record = work.resolve("images.json");
        var first = bundle("first", "a/web:1", 2_000_000);
        var second = bundle("second", "a/web:1", 1000);
        var used = bundle("used", "a/job:1", 100);
        engine.busybox("foreign/image:1");
        for (var loaded : List.of("first", "used", "second")) { // the last takes the name of the first
            recorded(loaded, lockOf(loaded), engine, record, "boot");
        }
        engine.docker("create", "--name=stopped", "a/job:1", "/x");
        var brought = LoadRecord.read(record, line -> {}).brought();
        assertThat(brought).hasSize(3);

        var dry = Prune.run(at(engine), brought, List.of(second), true);
        var report = Prune.run(at(engine), brought, List.of(second), false);

        var old = Brought.of(first.images().getFirst());
        var job = Brought.of(used.images().getFirst());
        assertThat(dry.fates().keySet()).isEqualTo(report.fates().keySet());
        assertThat(report.fates()).hasSize(2).containsEntry(job, new Fate.Kept("a container uses it"));
        assertThat(report.isGone(old)).isTrue();
        if (report.fates().get(old) instanceof Fate.Removed) { // a containerd's store of 26.1 drops it with its name
            assertThat(report.freed()).isBetween(1_900_000L, 10_000_000L);
        }
        assertThat(engine.docker("images", "--all", "--format", "{{.Repository}}:{{.Tag}}")
                        .lines())
                .containsExactlyInAnyOrder("a/web:1", "a/job:1", "foreign/image:1");
        isWhole(engine, "a/web:1");
    }

    private Lock lockOf(String bundle) throws IOException {
        return LockFile.read(work.resolve(bundle).resolve(Bundle.LOCK));
    }

    private LoadReport recorded(String bundle, Lock lock, TestEngine engine, Path record, String boot)
            throws IOException {
        return RecordedLoad.load(
                work.resolve(bundle), lock, List.of(), at(engine), record, boot, Progress.SILENT, line -> {});
    }

    /// Whether the Engine has every byte of it.
    private void isWhole(TestEngine engine, String reference) throws Exception {
        var archive = work.resolve("whole.tar");
        engine.save(reference, archive);
        assertThat(Archives.list(archive)).contains(reference);
        TestBundles.collect(Target.directory(work.resolve("whole")), archive, reference);
        TestBundles.verify(work.resolve("whole"));
    }

    private static void killAndBegin(TestEngine engine) {
        try {
            engine.kill();
            engine.begin();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private LoadReport load(String bundle, TestEngine into) throws IOException {
        return BundleLoader.load(work.resolve(bundle), at(into), Progress.SILENT);
    }

    /// Containerd takes a moment to collect what a load that failed has left.
    private void loadOnceThereIsRoom(String bundle, TestEngine into) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (true) {
            try {
                load(bundle, into);
                return;
            } catch (EngineFullException full) {
                if (System.nanoTime() > deadline) {
                    throw full;
                }
                Thread.sleep(200);
            }
        }
    }

    private static Engine at(TestEngine engine) {
        return Engine.at(engine.socket());
    }

    private Lock bundle(String name, String reference, int size) throws IOException {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return TestBundles.make(
                work.resolve(name), reference, TestImages.layer("x", bytes), TestImages.layer("y", "y"));
    }

    private static String firstLine(Process process) throws IOException {
        var reader = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        return String.valueOf(reader.readLine());
    }

    private static String output(Process process) throws IOException {
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    private TestEngine start(TestEngine.Kind kind) throws IOException, InterruptedException {
        var engine = TestEngine.start(kind);
        started.add(engine);
        return engine;
    }
}
