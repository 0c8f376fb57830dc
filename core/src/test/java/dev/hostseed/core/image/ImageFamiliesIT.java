package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.ImageFamily.Member;
import dev.hostseed.core.image.LoadReport.Outcome;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Families of images, whatever they have in common, whatever was there before and whatever befell the load, are in the
/// Engine as they were made. Engines as in [BundleIT].
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImageFamiliesIT {
    private static final int FAMILIES = Integer.getInteger("families", Mishap.values().length);

    @TempDir
    private Path work = Path.of("/nonexistent");

    /// What befalls a load.
    private enum Mishap {
        NONE,
        CLIENT_STOPS,
        LINE_BREAKS,
        REPLY_IS_LOST;

        static Mishap of(int seed) {
            return values()[seed % values().length];
        }
    }

    static Stream<Arguments> families() {
        return TestEngine.kinds()
                .flatMap(kind -> IntStream.range(0, FAMILIES).mapToObj(seed -> Arguments.of(kind, seed)));
    }

    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("families")
    void a_family_of_images_comes_into_the_engine_as_it_was_made(TestEngine.Kind kind, int seed) throws Exception {
        var random = new Random(seed);
        var family = ImageFamily.random(random);
        var earlier = random.nextBoolean() ? family.earlier(random) : ImageFamily.NONE;
        var mishap = Mishap.of(seed);
        try (var engine = TestEngine.start(kind)) {
            bring(engine, kind, earlier, family, mishap, random);
        } catch (AssertionError | IOException | RuntimeException failure) {
            var told = "seed %d, %s; before it:%n%safter that:%n%s".formatted(seed, mishap, earlier, family);
            throw new AssertionError(told, failure);
        }
    }

    private void bring(
            TestEngine engine,
            TestEngine.Kind kind,
            ImageFamily earlier,
            ImageFamily family,
            Mishap mishap,
            Random random)
            throws Exception {
        var locks = new ArrayList<Lock>();
        if (!earlier.members().isEmpty()) {
            locks.add(bundle("earlier", earlier));
            BundleLoader.load(work.resolve("earlier"), at(engine.socket()), Progress.SILENT);
        }
        var lock = bundle("bundle", family);
        var report = switch (mishap) {
            case NONE -> load(lock, locks, at(engine.socket()), Progress.SILENT);
            case CLIENT_STOPS -> loadAfterAStop(lock, locks, engine, random);
            case LINE_BREAKS -> loadOver(linePart(engine, family, random), lock, locks);
            case REPLY_IS_LOST -> loadOver(lineReply(engine, random), lock, locks);
        };

        assertThat(report.outcomes()).hasSameSizeAs(family.members());
        if (locks.isEmpty() && mishap == Mishap.NONE) {
            assertThat(report.bytesSent()).isLessThan(family.chainBytes() + (2 << 20)); // with all that is around them
        }
        assertThat(shown(engine, family)).isEqualTo(made(family, lock, kind));
        assertThat(ids(engine)).isSubsetOf(ids(kind, lock, locks));
        assertThat(engine.docker("images", "--quiet", "--filter=label=" + LoadStream.PART))
                .isEmpty();
        var again = load(lock, List.of(), at(engine.socket()), Progress.SILENT);
        assertThat(again.outcomes().values()).containsOnly(Outcome.PRESENT);
        assertThat(again.bytesSent()).isZero();
        assertThat(saved(engine, family)).isEqualTo(plain(lock)).isEqualTo(plain(family));
    }

    /// The client stops somewhere, and begins anew.
    private LoadReport loadAfterAStop(Lock lock, List<Lock> earlier, TestEngine engine, Random random)
            throws IOException {
        var left = new AtomicLong(random.nextInt(5_000));
        try {
            load(lock, earlier, at(engine.socket()), (what, done, total) -> {
                if (what.startsWith("loading ") && left.decrementAndGet() == 0) {
                    throw new Stop();
                }
            });
        } catch (Stop stop) {
            assertThat(left.get()).isLessThanOrEqualTo(0);
        }
        return load(lock, earlier, at(engine.socket()), Progress.SILENT);
    }

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Breaks under some of what is sent.
    private FragileLine linePart(TestEngine engine, ImageFamily family, Random random) throws IOException {
        var left = new AtomicLong(random.nextLong(1, family.chainBytes()));
        return FragileLine.at(
                work.resolve("line"),
                engine.socket(),
                (chunk, toEngine) -> toEngine && left.addAndGet(-chunk.remaining()) <= 0);
    }

    /// Breaks when the Engine says that it has loaded something.
    private FragileLine lineReply(TestEngine engine, Random random) throws IOException {
        var left = new AtomicLong(random.nextInt(1, 10));
        return FragileLine.at(
                work.resolve("line"),
                engine.socket(),
                (chunk, toEngine) ->
                        !toEngine && FragileLine.text(chunk).contains("Loaded image") && left.decrementAndGet() <= 0);
    }

    private LoadReport loadOver(FragileLine line, Lock lock, List<Lock> earlier) throws IOException {
        try (line) {
            return load(lock, earlier, at(work.resolve("line")), Progress.SILENT);
        }
    }

    private LoadReport load(Lock lock, List<Lock> earlier, Engine engine, Progress progress) throws IOException {
        return BundleLoader.load(work.resolve("bundle"), lock, earlier, engine, progress);
    }

    /// An image as the Engine shows it.
    private record Shown(String id, String platform, List<String> diffIds) {}

    private static Map<String, Shown> shown(TestEngine engine, ImageFamily family) throws Exception {
        var command = new ArrayList<>(List.of("image", "inspect"));
        family.members().forEach(member -> command.add(member.reference()));
        var json = engine.docker(command.toArray(String[]::new)).getBytes(StandardCharsets.UTF_8);
        var inspected = Fields.readList("docker image inspect", json);
        var shown = new TreeMap<String, Shown>();
        for (var i = 0; i < inspected.size(); i++) {
            var image = inspected.get(i);
            var platform = image.text("Os") + "/" + image.text("Architecture");
            var diffIds = image.inner("RootFS").texts("Layers");
            shown.put(family.members().get(i).reference(), new Shown(image.text("Id"), platform, diffIds));
        }
        return shown;
    }

    private static Map<String, Shown> made(ImageFamily family, Lock lock, TestEngine.Kind kind) {
        var loaded = lock.images().stream()
                .collect(Collectors.toMap(image -> image.reference().tagged(), image -> image.loaded()));
        var made = new TreeMap<String, Shown>();
        for (var member : family.members()) {
            var id = kind.containerd() ? loaded.get(member.reference()) : Digest.of(member.config());
            var platform = TestBundles.HERE.os() + "/" + TestBundles.HERE.architecture();
            made.put(member.reference(), new Shown(String.valueOf(id), platform, member.diffIds()));
        }
        return made;
    }

    /// Of all images that are there, named or not.
    private static Set<String> ids(TestEngine engine) throws Exception {
        return engine.docker("images", "--all", "--quiet", "--no-trunc").lines().collect(Collectors.toSet());
    }

    /// Of all images that may be there: an earlier one whose name stands for another now has none.
    private static Set<String> ids(TestEngine.Kind kind, Lock lock, List<Lock> earlier) {
        return Stream.concat(Stream.of(lock), earlier.stream())
                .flatMap(one -> one.images().stream())
                .map(image ->
                        kind.containerd() ? image.loaded() : image.config().digest())
                .map(Digest::value)
                .collect(Collectors.toSet());
    }

    /// What `docker save` writes of each image.
    private Map<String, List<LockedImage.Content>> saved(TestEngine engine, ImageFamily family) throws Exception {
        var archive = work.resolve("saved.tar");
        var command = new ArrayList<>(List.of("save", "--output=" + archive));
        family.members().forEach(member -> command.add(member.reference()));
        engine.docker(command.toArray(String[]::new));
        return plain(collect("saved", archive, family));
    }

    /// The config and the plain layers of each image.
    private static Map<String, List<LockedImage.Content>> plain(Lock lock) {
        var plain = new TreeMap<String, List<LockedImage.Content>>();
        for (var image : lock.images()) {
            var layers = image.layers().stream().map(LockedImage.LockedLayer::plain);
            plain.put(
                    image.reference().tagged(),
                    Stream.concat(Stream.of(image.config()), layers).toList());
        }
        return plain;
    }

    private static Map<String, List<LockedImage.Content>> plain(ImageFamily family) {
        return family.members().stream()
                .collect(Collectors.toMap(Member::reference, ImageFamiliesIT::plain, (a, b) -> b, TreeMap::new));
    }

    private static List<LockedImage.Content> plain(Member member) {
        var layers = member.layers().stream().map(layer -> new LockedImage.Content(layer.digest(), layer.tar().length));
        return Stream.concat(Stream.of(Sum.of(member.config())), layers).toList();
    }

    private Lock bundle(String name, ImageFamily family) throws IOException {
        var archive = work.resolve(name + ".tar");
        family.write(archive);
        var lock = collect(name, archive, family);
        Files.delete(archive);
        return lock;
    }

    private Lock collect(String name, Path archive, ImageFamily family) throws IOException {
        var wanted = family.members().stream()
                .map(member -> ImageReference.parse(member.reference()))
                .collect(Collectors.toCollection(TreeSet::new));
        var request = new Request(new ProjectName("shop"), wanted, TestBundles.HERE, Pins.NONE);
        return Bundle.collect(
                request, List.of(new ImageSource.FromArchive(archive)), work.resolve(name), Progress.SILENT);
    }

    private static Engine at(Path socket) {
        return Engine.at(socket);
    }
}
