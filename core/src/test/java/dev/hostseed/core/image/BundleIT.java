package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.LoadReport.Outcome;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Against the machine's own `dockerd`, and those below the directories in `HOSTSEED_ENGINE_ROOTS`.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BundleIT {
    private static final Platform HERE = Platform.ofThisMachine();

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
    void images_go_from_one_engine_through_a_bundle_into_another(TestEngine.Kind kind) throws Exception {
        var from = start(kind);
        from.busybox("example/base:1");
        from.docker("tag", "example/base:1", "example/other:1");

        var lock = collect("bundle", wanted("example/base:1", "example/other:1"), new ImageSource.FromEngine(at(from)));
        Bundle.verify(work.resolve("bundle"), lock, Progress.SILENT);
        var again = collect("again", wanted("example/base:1", "example/other:1"), new ImageSource.FromEngine(at(from)));
        var into = start(kind);
        var report = load("bundle", into);

        assertThat(again).isEqualTo(lock);
        assertThat(outcomes(report)).containsExactly(Outcome.LOADED, Outcome.TAGGED);
        assertThat(into.docker("run", "--rm", "--network=none", "example/other:1", "/bin/sh", "-c", "echo it runs"))
                .isEqualTo("it runs");
    }

    @ParameterizedTest
    @MethodSource("engines")
    void an_image_that_the_bundle_has_is_not_asked_for_again(TestEngine.Kind kind) throws Exception {
        var engine = start(kind);
        var lock = bundle("bundle", List.of(image("a/one:1", base(), layer("one"))));
        load("bundle", engine);

        var again = Bundle.collect(
                request(wanted("a/one:1")),
                List.of(new ImageSource.FromEngine(at(engine))),
                work.resolve("bundle"),
                (what, done, total) -> {
                    throw new AssertionError(what + " is read");
                });

        assertThat(again).isEqualTo(lock);
        Bundle.verify(work.resolve("bundle"), lock, Progress.SILENT);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void what_docker_saved_gives_the_bundle_that_the_engine_gives(TestEngine.Kind kind) throws Exception {
        var from = start(kind);
        from.busybox("example/base:1");
        var archive = work.resolve("base.tar");
        from.save("example/base:1", archive);

        var saved = collect("saved", wanted("example/base:1"), new ImageSource.FromArchive(archive));
        var streamed = collect("streamed", wanted("example/base:1"), new ImageSource.FromEngine(at(from)));

        assertThat(Archives.list(archive)).containsExactly("example/base:1");
        assertThat(saved).isEqualTo(streamed);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_second_load_sends_nothing(TestEngine.Kind kind) throws Exception {
        bundle("bundle", List.of(image("a/one:1", base(), layer("one"))));
        var into = start(kind);
        load("bundle", into);

        var report = load("bundle", into);

        assertThat(outcomes(report)).containsExactly(Outcome.PRESENT);
        assertThat(report.bytesSent()).isZero();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void an_upgrade_sends_the_changed_layer_alone(TestEngine.Kind kind) throws Exception {
        var earlier = bundle("first", List.of(image("a/one:1", base(), layer("one"))));
        var lock = bundle("second", List.of(image("a/one:1", base(), layer("changed"))));
        var into = start(kind);
        load("first", into);

        var report = BundleLoader.load(work.resolve("second"), lock, List.of(earlier), at(into), Progress.SILENT);

        assertThat(outcomes(report)).containsExactly(Outcome.LOADED);
        assertThat(report.bytesSent()).isLessThan(20_000);
        assertThat(savedAgain(into, "a/one:1")).isEqualTo(lock);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void images_that_share_a_layer_send_it_once(TestEngine.Kind kind) throws Exception {
        var lock = bundle(
                "bundle", List.of(image("a/one:1", base(), layer("one")), image("a/two:1", base(), layer("two"))));
        var into = start(kind);

        var report = load("bundle", into);

        assertThat(BundleVerifier.layers(lock)).hasSize(3);
        assertThat(report.bytesSent()).isBetween(1_000_000L, 1_050_000L);
        assertThat(into.docker("images", "--quiet", "--filter=dangling=true")).isEmpty();
        assertThat(savedAgain(into, "a/one:1", "a/two:1")).isEqualTo(lock);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void nothing_is_loaded_when_one_byte_is_wrong(TestEngine.Kind kind) throws Exception {
        var lock = bundle("bundle", List.of(image("a/one:1", layer("one")), image("a/two:1", base())));
        var blob = work.resolve("bundle")
                .resolve(Manifests.blob(
                        lock.images().getLast().layers().getFirst().stored()));
        var bytes = Files.readAllBytes(blob);
        bytes[bytes.length / 2] ^= 1;
        Files.write(blob, bytes);
        var into = start(kind);

        assertThatThrownBy(() -> load("bundle", into)).isInstanceOf(BadBundleException.class);

        assertThat(into.docker("images", "--quiet")).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_name_that_was_moved_is_put_right(TestEngine.Kind kind) throws Exception {
        var lock = bundle("bundle", List.of(image("a/one:1", base()), image("a/two:1", layer("two"))));
        var into = start(kind);
        load("bundle", into);
        into.docker("tag", "a/one:1", "a/kept:1");
        into.docker("tag", "a/two:1", "a/one:1");

        var report = load("bundle", into);

        assertThat(outcomes(report)).containsExactly(Outcome.TAGGED, Outcome.PRESENT);
        assertThat(savedAgain(into, "a/one:1", "a/two:1")).isEqualTo(lock);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void images_change_names_from_release_to_release(TestEngine.Kind kind) throws Exception {
        var former = base();
        var one = layer("one");
        var two = layer("two");
        bundle("first", List.of(image("a/now:1", former), image("a/one:1", one), image("a/two:1", two)));
        var lock = bundle(
                "second",
                List.of(
                        image("a/now:1", layer("now")),
                        image("a/one:1", two),
                        image("a/then:1", former),
                        image("a/two:1", one)));
        var into = start(kind);
        load("first", into);

        load("second", into);

        assertThat(savedAgain(into, "a/now:1", "a/one:1", "a/then:1", "a/two:1").images())
                .isEqualTo(lock.images());
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_layer_on_another_parent_is_sent_again(TestEngine.Kind kind) throws Exception {
        bundle("first", List.of(image("a/one:1", base(), layer("one"))));
        var lock = bundle("second", List.of(image("a/two:1", layer("one"), base())));
        var into = start(kind);
        load("first", into);

        load("second", into);

        assertThat(savedAgain(into, "a/two:1")).isEqualTo(lock);
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_daemon_that_is_restarted_meanwhile_gets_the_image_all_the_same(TestEngine.Kind kind) throws Exception {
        var lock = bundle("bundle", List.of(image("a/one:1", base(), layer("one"))));
        var into = start(kind);
        var restarted = new boolean[1];

        BundleLoader.load(work.resolve("bundle"), at(into), (what, done, total) -> {
            if (what.equals("loading a/one:1") && done > 500_000 && !restarted[0]) {
                restarted[0] = true;
                restart(into);
            }
        });

        assertThat(restarted[0]).isTrue();
        assertThat(savedAgain(into, "a/one:1")).isEqualTo(lock);
    }

    private static void restart(TestEngine engine) {
        try {
            engine.restart();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /// What the Engine gives back of its images, as a lock: every byte of every layer counts.
    private Lock savedAgain(TestEngine engine, String... references) throws IOException {
        return collect("saved-again", wanted(references), new ImageSource.FromEngine(at(engine)));
    }

    private LoadReport load(String bundle, TestEngine into) throws IOException {
        return BundleLoader.load(work.resolve(bundle), at(into), Progress.SILENT);
    }

    private static List<Outcome> outcomes(LoadReport report) {
        return List.copyOf(report.outcomes().values());
    }

    private record Archived(String reference, byte[] tar) {}

    private static Archived image(String reference, byte[]... layers) throws IOException {
        return new Archived(reference, TestImages.saved(reference, HERE.architecture(), List.of(layers)));
    }

    private Lock bundle(String name, List<Archived> images) throws IOException {
        var sources = new ArrayList<ImageSource>();
        for (var image : images) {
            var file = work.resolve(name + "-" + sources.size() + ".tar");
            sources.add(new ImageSource.FromArchive(Files.write(file, image.tar())));
        }
        var wanted = images.stream()
                .map(image -> ImageReference.parse(image.reference()))
                .collect(Collectors.toCollection(TreeSet::new));
        return Bundle.collect(request(wanted), sources, work.resolve(name), Progress.SILENT);
    }

    private Lock collect(String name, SortedSet<ImageReference> wanted, ImageSource source) throws IOException {
        return Bundle.collect(request(wanted), List.of(source), work.resolve(name), Progress.SILENT);
    }

    private static Request request(SortedSet<ImageReference> wanted) {
        return new Request(new ProjectName("shop"), wanted, HERE, Pins.NONE);
    }

    private static SortedSet<ImageReference> wanted(String... references) {
        return Stream.of(references).map(ImageReference::parse).collect(Collectors.toCollection(TreeSet::new));
    }

    private static Engine at(TestEngine engine) {
        return Engine.at(engine.socket());
    }

    /// A layer of 1 MB that does not compress.
    private static byte[] base() throws IOException {
        var bytes = new byte[1_000_000];
        new Random(1).nextBytes(bytes);
        return TestImages.layer("base", bytes);
    }

    private static byte[] layer(String text) throws IOException {
        return TestImages.layer(text, text);
    }

    private TestEngine start(TestEngine.Kind kind) throws IOException, InterruptedException {
        var engine = TestEngine.start(kind);
        started.add(engine);
        return engine;
    }
}
