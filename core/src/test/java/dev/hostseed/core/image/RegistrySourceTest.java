package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.registry.Patience;
import dev.hostseed.core.registry.Registries;
import dev.hostseed.core.registry.Settings;
import dev.hostseed.core.registry.WrongContentException;
import dev.hostseed.core.testing.ScriptedServer;
import dev.hostseed.core.testing.ScriptedServer.Reply;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistrySourceTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");

    @TempDir
    private Path work = Path.of("/nonexistent");

    private final TestRepository registry = new TestRepository();
    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private byte[] base = {};
    private byte[] one = {};
    private byte[] two = {};
    private ScriptedServer server = serve(registry::answer);

    RegistrySourceTest() throws IOException {}

    @BeforeEach
    void make() throws IOException {
        base = TestImages.layer("bin/sh", "a shell");
        one = TestImages.layer("one", "first");
        two = TestImages.layer("two", "second");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void an_image_comes_as_it_comes_from_an_archive() throws IOException {
        var manifest = registry.image("amd64", base, one);
        registry.tag("1", manifest);

        var lock = collect(Pins.NONE, "web:1");

        assertThat(lock.images()).singleElement().satisfies(image -> {
            assertThat(image.registry()).isEqualTo(Digest.of(manifest).value());
            assertThat(image.layers())
                    .extracting(layer -> layer.plain().digest())
                    .containsExactly(Digest.of(base), Digest.of(one));
        });
        Bundle.verify(bundle(), lock, Progress.SILENT);
        var archive = work.resolve("web.tar");
        Files.write(archive, TestImages.saved(reference("web:1").tagged(), "amd64", List.of(base, one)));
        var saved = collect(Pins.NONE, List.of(new ImageSource.FromArchive(archive)), "web:1");
        assertThat(saved.images().getFirst().manifest())
                .isEqualTo(lock.images().getFirst().manifest());
    }

    @Test
    void a_layer_that_images_share_is_pulled_once() throws IOException {
        registry.tag("1", registry.image("amd64", base, one));
        registry.tag("2", registry.image("amd64", base, two));

        var lock = collect(Pins.NONE, "web:1", "api:2");

        assertThat(lock.images()).hasSize(2);
        assertThat(pulled(TestImages.gzip(base))).isEqualTo(1);
        assertThat(told).first().isEqualTo("asking registries for 2 images 0/0");
        var total = TestImages.gzip(base).length + TestImages.gzip(one).length + TestImages.gzip(two).length;
        assertThat(told).last().isEqualTo("pulling 2 images %d/%d".formatted(total, total));
    }

    @Test
    void what_the_bundle_before_has_is_not_pulled_again() throws IOException {
        registry.tag("1", registry.image("amd64", base, one));
        collect(Pins.NONE, "web:1");
        registry.tag("1", registry.image("amd64", base, two));

        collect(Pins.NONE, "web:1");

        assertThat(pulled(TestImages.gzip(base))).isEqualTo(1);
        assertThat(pulled(TestImages.gzip(two))).isEqualTo(1);
    }

    @Test
    void what_is_pinned_and_whole_is_not_asked_for() throws IOException {
        registry.tag("1", registry.image("amd64", base, one));
        var lock = collect(Pins.NONE, "web:1");
        server.close();

        assertThat(collect(Pins.of(lock), "web:1")).isEqualTo(lock);
    }

    @Test
    void a_tag_that_was_moved_is_asked_for_by_what_is_pinned() throws IOException {
        var manifest = registry.image("amd64", base, one);
        registry.tag(
                "1", registry.index(TestRepository.entry(TestRepository.MANIFEST, manifest, "linux", "amd64", "")));
        var lock = collect(Pins.NONE, "web:1");
        registry.tag("1", registry.image("amd64", base, two));
        Workspace.delete(bundle(), Disk.real());

        assertThat(collect(Pins.of(lock), "web:1")).isEqualTo(lock);
        assertThat(collect(Pins.of(lock).updating(image -> true), "web:1").version())
                .isEqualTo(2);
    }

    @Test
    void a_tag_that_was_moved_is_caught_by_locked() throws IOException {
        registry.tag("1", registry.image("amd64", base, one));
        var lock = collect(Pins.NONE, "web:1");
        assertThat(collect(Pins.of(lock).locked(), "web:1")).isEqualTo(lock);
        var moved = registry.image("amd64", base, two);
        registry.tag("1", moved);

        assertThatThrownBy(() -> collect(Pins.of(lock).locked(), "web:1"))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("the tag was moved")
                .hasMessageContaining(lock.images().getFirst().registry())
                .hasMessageContaining(Digest.of(moved).value());
        assertThat(LockFile.read(bundle().resolve(Bundle.LOCK))).isEqualTo(lock);
    }

    @Test
    void an_index_gives_the_image_for_the_platform() throws IOException {
        var amd64 = registry.image("amd64", base);
        var arm64 = registry.image("arm64", one);
        var statement = registry.manifest("application/vnd.in-toto+json", new byte[] {'{', '}'}, List.of());
        var inner = registry.index(TestRepository.entry(TestRepository.MANIFEST, amd64, "linux", "amd64", ""));
        var index = registry.index(
                TestRepository.entry(TestRepository.MANIFEST, statement, "unknown", "unknown", ""),
                TestRepository.entry(TestRepository.MANIFEST, arm64, "linux", "arm64", "v8"),
                TestImages.descriptor(TestRepository.INDEX, inner));
        registry.tag("1", index);

        var lock = collect(Pins.NONE, "web:1", "web@" + Digest.of(index));

        assertThat(lock.images()).extracting(LockedImage::platform).containsOnly(AMD64);
        assertThat(lock.images())
                .extracting(LockedImage::registry)
                .containsOnly(Digest.of(index).value());
    }

    @Test
    void an_image_that_is_not_for_the_platform_is_told_with_what_there_is() throws IOException {
        var arm64 = registry.image("arm64", one);
        var arm = registry.image("arm", one);
        registry.tag(
                "1",
                registry.index(
                        TestRepository.entry(TestRepository.MANIFEST, arm64, "linux", "arm64", ""),
                        TestRepository.entry(TestRepository.MANIFEST, arm, "linux", "arm", "v7")));
        registry.tag("2", arm64);

        assertThatThrownBy(() -> collect(Pins.NONE, "web:1", "web:2"))
                .isInstanceOf(WrongPlatformException.class)
                .hasMessageContaining("web:1 is for linux/arm/v7 and linux/arm64")
                .hasMessageContaining("web:2 is for linux/arm64");
    }

    @Test
    void what_is_no_image_that_can_be_bundled_is_refused_by_name() throws IOException {
        var config = TestImages.config("amd64", List.of(base));
        var bad = Map.of(
                "foreign",
                registry.manifest(
                        TestRepository.CONFIG,
                        config,
                        List.of(registry.blob("application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", base))),
                "encrypted",
                registry.manifest(
                        TestRepository.CONFIG,
                        config,
                        List.of(registry.blob("application/vnd.oci.image.layer.v1.tar+gzip+encrypted", base))),
                "config-of-helm",
                registry.manifest("application/vnd.config-of-helm", new byte[] {'{', '}'}, List.of()),
                "schema 1",
                registry.document(
                        "application/vnd.docker.distribution.manifest.v1+prettyjws",
                        Data.mapping().with("schemaVersion", 1)),
                "both",
                registry.document(
                        TestRepository.INDEX,
                        Data.mapping()
                                .with("schemaVersion", 2)
                                .with("manifests", new Data.Sequence(List.of()))
                                .with("layers", new Data.Sequence(List.of()))),
                "sha512",
                registry.document(
                        TestRepository.MANIFEST,
                        Data.mapping()
                                .with("schemaVersion", 2)
                                .with(
                                        "config",
                                        Data.mapping()
                                                .with("mediaType", TestRepository.CONFIG)
                                                .with("digest", "sha512:" + "0".repeat(128))
                                                .with("size", 1))
                                .with("layers", new Data.Sequence(List.of()))));
        for (var image : bad.entrySet()) {
            registry.tag("1", image.getValue());

            assertThatThrownBy(() -> collect(Pins.NONE, "web:1"))
                    .as(image.getKey())
                    .isInstanceOf(BadBundleException.class)
                    .hasMessageContaining("web:1 in " + server.authority() + "/web: ")
                    .hasMessageContaining(image.getKey());
        }
    }

    @Test
    void indexes_within_indexes_end() throws IOException {
        var index = registry.index(
                TestRepository.entry(TestRepository.MANIFEST, registry.image("amd64", base), "linux", "amd64", ""));
        for (var i = 0; i < 3; i++) {
            index = registry.index(TestImages.descriptor(TestRepository.INDEX, index));
        }
        registry.tag("1", index);

        assertThatThrownBy(() -> collect(Pins.NONE, "web:1")).hasMessageContaining("more than 3 deep");
    }

    @Test
    void a_layer_that_is_not_that_of_the_config_is_refused() throws IOException {
        registry.tag(
                "1",
                registry.manifest(
                        TestRepository.CONFIG,
                        TestImages.config("amd64", List.of(base)),
                        List.of(registry.blob(TestRepository.GZIP, TestImages.gzip(one)))));

        assertThatThrownBy(() -> collect(Pins.NONE, "web:1"))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining(Digest.of(one).value())
                .hasMessageContaining(Digest.of(base).value());
        assertThat(bundle()).doesNotExist();
    }

    @Test
    void a_damaged_layer_leaves_nothing_behind() throws IOException {
        registry.tag("1", registry.image("amd64", base, one));
        server.close();
        var damaged = TestImages.gzip(one);
        server = serve(request -> request.target().endsWith(Digest.of(damaged).hex())
                ? Reply.of(200, Map.of(), TestImages.gzip(base))
                : registry.answer(request));

        assertThatThrownBy(() -> collect(Pins.NONE, "web:1")).isInstanceOf(WrongContentException.class);

        assertThat(work).isEmptyDirectory();
    }

    @Test
    void what_is_in_no_registry_is_told_beside_the_other_places_and_nothing_is_pulled() throws IOException {
        registry.tag("1", registry.image("amd64", base));
        var archive = work.resolve("other.tar");
        Files.write(archive, TestImages.saved("other:1", "amd64", List.of(base)));

        assertThatThrownBy(() -> collect(
                        Pins.NONE, List.of(new ImageSource.FromArchive(archive), registry()), "web:1", "none:2"))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("not found: " + reference("none:2") + ";")
                .hasMessageContaining("looked in " + archive + ", the registry " + server.authority()
                        + "/none (no such thing (status 404))");
        assertThat(pulled(TestImages.gzip(base))).isZero();
    }

    @Test
    void an_image_that_the_project_builds_is_asked_of_no_registry() throws IOException {
        registry.tag("1", registry.image("amd64", base));
        var source = new ImageSource.FromRegistry(registries(), wanted("web:1"));

        assertThatThrownBy(() -> collect(Pins.NONE, List.of(source), "web:1"))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("not found");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void what_is_wanted_from_its_registry_is_taken_from_nowhere_else() throws IOException {
        registry.tag("1", registry.image("amd64", one));
        var archive = work.resolve("web.tar");
        Files.write(archive, TestImages.saved(reference("web:2").tagged(), "amd64", List.of(base)));
        var alone = new ImageSource.FromRegistryAlone(registries(), wanted("web:1", "web:2"));

        assertThat(collect(Pins.NONE, List.of(alone), "web:1").images()).hasSize(1);
        assertThatThrownBy(() -> collect(Pins.NONE, List.of(alone, new ImageSource.FromArchive(archive)), "web:2"))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("pull_policy")
                .hasMessageContaining("--offline");
    }

    @Test
    void the_same_images_give_the_same_bundle_however_they_come() throws IOException {
        registry.tag("1", registry.image("amd64", base, one, two));
        registry.tag("2", registry.image("amd64", two, one, base));
        server.close();
        var count = new AtomicInteger();
        server = serve(request -> count.incrementAndGet() % 3 == 0 ? Reply.of(503, "") : registry.answer(request));
        var first = collect(Pins.NONE, "web:1", "web:2");
        Workspace.delete(bundle(), Disk.real());

        assertThat(collect(Pins.NONE, "web:1", "web:2")).isEqualTo(first);
    }

    private Lock collect(Pins pins, String... images) throws IOException {
        return collect(pins, List.of(registry()), images);
    }

    private Lock collect(Pins pins, List<ImageSource> sources, String... images) throws IOException {
        var request = new Request(new ProjectName("shop"), wanted(images), AMD64, pins);
        return Bundle.collect(
                request, sources, bundle(), (what, done, total) -> told.add(what + " " + done + "/" + total));
    }

    private ImageSource registry() {
        return new ImageSource.FromRegistry(registries(), new TreeSet<>());
    }

    private Registries registries() {
        var patience =
                new Patience(5, Duration.ofMillis(1), Duration.ofSeconds(1), Duration.ofSeconds(20), pause -> {});
        return Registries.of(new Settings(Set.of(), work.resolve("certs.d"), Map.of(), patience));
    }

    private SortedSet<ImageReference> wanted(String... images) {
        var wanted = new TreeSet<ImageReference>();
        for (var image : images) {
            wanted.add(reference(image));
        }
        return wanted;
    }

    private ImageReference reference(String image) {
        return ImageReference.parse(server.authority() + "/" + image);
    }

    private long pulled(byte[] blob) {
        return server.requests().stream()
                .map(ScriptedServer.Request::target)
                .filter(target -> target.endsWith("/blobs/" + Digest.of(blob)))
                .count();
    }

    private Path bundle() {
        return work.resolve("bundle");
    }

    private static ScriptedServer serve(ScriptedServer.Script script) throws IOException {
        return ScriptedServer.start(script);
    }
}
