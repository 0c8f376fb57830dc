package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BundleTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");

    private FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private Path work = disk.getPath("/work");
    private byte[] base = {};
    private byte[] one = {};
    private byte[] two = {};

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(work);
        base = TestImages.layer("bin/sh", "a shell");
        one = TestImages.layer("one", "first");
        two = TestImages.layer("two", "second");
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @Test
    void an_image_that_docker_saved_becomes_an_oci_layout_with_a_lock() throws IOException {
        var lock = collect(wanted("redis:7.4"), archive("redis.tar", saved("redis:7.4", base, one)));

        assertThat(lock.images()).singleElement().satisfies(image -> {
            assertThat(image.reference()).hasToString("redis:7.4");
            assertThat(image.platform()).isEqualTo(AMD64);
            assertThat(image.layers().getFirst().plain().digest()).isEqualTo(Digest.of(base));
            assertThat(bundle().resolve(Manifests.blob(image.config())))
                    .hasBinaryContent(TestImages.config("amd64", List.of(base, one)));
        });
        assertThat(bundle().resolve("oci-layout")).content().isEqualTo("{\"imageLayoutVersion\":\"1.0.0\"}");
        assertThat(LockFile.read(bundle().resolve(Bundle.LOCK))).isEqualTo(lock);
        Bundle.verify(bundle(), lock, Progress.SILENT);
    }

    @Test
    void the_bundle_is_the_same_from_whatever_archive_the_image_comes() throws IOException {
        var layers = List.of(base, one);
        var saved = saved("redis:7.4", base, one);
        collect(wanted("redis:7.4"), archive("saved.tar", saved));
        var expected = files(bundle());

        var layout = TestImages.layout("docker.io/library/redis:7.4", "amd64", layers);
        TestImages.write(work.resolve("layout"), layout);
        var sources = Map.of(
                "saved.tar.gz", TestImages.gzip(saved),
                "saved.tar.zst", TestImages.zstd(saved),
                "oci.tar", TestImages.tar(layout),
                "oci.tar.gz", TestImages.gzip(TestImages.tar(layout)));
        for (var source : sources.entrySet()) {
            collect(wanted("redis:7.4"), archive(source.getKey(), source.getValue()));
            assertThat(files(bundle())).as(source.getKey()).isEqualTo(expected);
        }
        Workspace.delete(bundle(), Disk.real());
        collect(wanted("redis:7.4"), new ImageSource.FromArchive(work.resolve("layout")));
        assertThat(files(bundle())).isEqualTo(expected);
    }

    @Test
    void a_layer_that_two_images_share_is_stored_once() throws IOException {
        var lock = collect(
                wanted("a/one:1", "a/two:1"),
                archive("one.tar", saved("a/one:1", base, one)),
                archive("two.tar", saved("a/two:1", base, two)));

        assertThat(lock.images()).hasSize(2);
        assertThat(files(bundle()).keySet())
                .filteredOn(name -> name.startsWith("blobs/"))
                .hasSize(3 + 2 + 2);
    }

    @Test
    void a_link_to_a_layer_already_written_is_followed() throws IOException {
        var archive = TarBytes.of(TestImages.saved("redis:7.4", "amd64", List.of(base, base)))
                .replacedByLink("%064x/layer.tar".formatted(1), "../%064x/layer.tar".formatted(0));

        var lock = collect(wanted("redis:7.4"), archive("redis.tar", archive));

        assertThat(lock.images().getFirst().layers()).hasSize(2);
    }

    @Test
    void an_archive_tells_what_it_offers() throws IOException {
        var file = work.resolve("redis.tar");
        Files.write(file, saved("docker.io/library/redis:7.4", base));

        assertThat(Archives.list(file)).containsExactly("redis:7.4");
    }

    @Test
    void every_missing_image_is_named_with_where_was_looked() throws IOException {
        var archive = archive("redis.tar", saved("redis:7.4", base));

        assertThatThrownBy(() -> collect(wanted("a/web:1", "redis:7.4", "b/app:2"), archive))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("a/web:1, b/app:2")
                .hasMessageContaining("/work/redis.tar")
                .hasMessageContaining("docker save a/web:1");
        assertThat(Files.exists(bundle())).isFalse();
        assertThat(staged()).isEmpty();
    }

    @Test
    void an_image_for_another_platform_is_refused() throws IOException {
        var archive = archive("redis.tar", TestImages.saved("redis:7.4", "arm64", List.of(base)));

        assertThatThrownBy(() -> collect(wanted("redis:7.4"), archive))
                .isInstanceOf(WrongPlatformException.class)
                .hasMessageContaining("redis:7.4 is for linux/arm64, the host is linux/amd64");
    }

    @Test
    void layers_that_are_not_those_of_the_config_are_refused() throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        var config = TestImages.config("amd64", List.of(base));
        files.put("layer.tar", one);
        files.put("config.json", config);
        files.put("manifest.json", TestImages.manifestJson("redis:7.4", "config.json", List.of("layer.tar")));

        assertThatThrownBy(() -> collect(wanted("redis:7.4"), archive("redis.tar", TestImages.tar(files))))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("layer 1 is " + Digest.of(one) + ", its config says " + Digest.of(base));
    }

    @Test
    void layers_of_the_bundle_before_are_used_again() throws IOException {
        collect(wanted("a/one:1"), archive("one.tar", saved("a/one:1", base, one)));
        var expected = files(bundle());
        var withoutLayers = TarBytes.of(saved("a/one:1", base, one)).without("%064x/layer.tar".formatted(0));

        var lock = collect(wanted("a/one:1"), archive("one.tar", withoutLayers));

        assertThat(files(bundle())).isEqualTo(expected);
        Bundle.verify(bundle(), lock, Progress.SILENT);
    }

    @Test
    void a_damaged_layer_of_the_bundle_before_is_made_again() throws IOException {
        var archive = archive("one.tar", saved("a/one:1", base, one));
        var lock = collect(wanted("a/one:1"), archive);
        var blob = bundle().resolve(Manifests.blob(
                lock.images().getFirst().layers().getFirst().stored()));
        flip(blob, 77);

        collect(wanted("a/one:1"), archive);

        Bundle.verify(bundle(), lock, Progress.SILENT);
    }

    @Test
    void a_directory_that_is_no_bundle_is_left_alone() throws IOException {
        Files.createDirectories(bundle());
        Files.writeString(bundle().resolve("thesis.txt"), "years");

        assertThatThrownBy(() -> collect(wanted("a/one:1"), archive("one.tar", saved("a/one:1", base))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("is not a bundle");
        assertThat(bundle().resolve("thesis.txt")).content().isEqualTo("years");
        assertThat(staged()).isEmpty();
    }

    @Test
    void an_image_is_found_by_its_digest() throws IOException {
        var layout = TestImages.layout("docker.io/library/redis:7.4", "amd64", List.of(base));
        var manifest = layout.keySet().stream()
                .filter(name -> name.startsWith("blobs/"))
                .toList()
                .getLast();
        var digest = "sha256:" + manifest.substring("blobs/sha256/".length());
        var archive = archive("oci.tar", TestImages.tar(layout));

        assertThat(collect(wanted("redis@" + digest), archive).images()).hasSize(1);
        assertThatThrownBy(() -> collect(wanted("redis:7.4@" + Digest.of(base)), archive))
                .isInstanceOf(BadBundleException.class);
    }

    @Test
    void a_bundle_cut_off_anywhere_is_refused() throws IOException {
        var lock = collect(wanted("redis:7.4"), archive("redis.tar", saved("redis:7.4", base, one)));

        for (var file : files(bundle()).entrySet()) {
            var path = bundle().resolve(file.getKey());
            for (var length = 0; length < file.getValue().size(); length++) {
                Files.write(path, Arrays.copyOf(file.getValue().toArray(), length));
                refusedByVerify(lock, file.getKey() + " cut off at " + length);
            }
            Files.write(path, file.getValue().toArray());
        }
        Bundle.verify(bundle(), lock, Progress.SILENT);
    }

    @Test
    void a_bundle_with_a_bit_flipped_in_any_byte_is_refused() throws IOException {
        var lock = collect(wanted("redis:7.4"), archive("redis.tar", saved("redis:7.4", base, one)));

        for (var file : files(bundle()).entrySet()) {
            var bytes = file.getValue().toArray();
            var path = bundle().resolve(file.getKey());
            for (var bit = 0; bit < 8 * bytes.length; bit += 7) {
                var flipped = bytes.clone();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                Files.write(path, flipped);
                refusedByVerify(lock, file.getKey() + ", bit " + bit);
            }
            Files.write(path, bytes);
        }
    }

    @Test
    void a_lock_with_any_bit_flipped_is_not_that_of_the_bundle() throws IOException {
        collect(wanted("redis:7.4"), archive("redis.tar", saved("redis:7.4", base)));
        var bytes = Files.readAllBytes(bundle().resolve(Bundle.LOCK));

        for (var bit = 0; bit < 8 * bytes.length; bit++) {
            var flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(bundle().resolve(Bundle.LOCK), flipped);
            assertThatThrownBy(() ->
                            Bundle.verify(bundle(), LockFile.read(bundle().resolve(Bundle.LOCK)), Progress.SILENT))
                    .as("bit " + bit)
                    .isInstanceOf(BadBundleException.class);
        }
    }

    @Test
    void whatever_lies_in_the_bundle_beside_is_refused() throws IOException {
        var lock = collect(wanted("redis:7.4"), archive("redis.tar", saved("redis:7.4", base)));
        var extra = bundle().resolve("blobs/sha256/" + "0".repeat(64));
        Files.writeString(extra, "");

        refusedByVerify(lock, "an extra blob");
        Files.delete(extra);
        Files.createSymbolicLink(extra, bundle().resolve("index.json"));
        refusedByVerify(lock, "an extra link");
    }

    @Test
    void an_archive_cut_off_anywhere_is_refused() throws IOException {
        for (var bytes : List.of(
                saved("redis:7.4", base),
                TestImages.gzip(saved("redis:7.4", base)),
                TestImages.tar(TestImages.layout("redis:7.4", "amd64", List.of(base))))) {
            for (var length = 0; length < bytes.length; length += length % 512 == 1 ? 37 : 1) {
                var archive = archive("redis.tar", Arrays.copyOf(bytes, length));
                assertThatThrownBy(() -> collect(wanted("redis:7.4"), archive))
                        .as("cut off at " + length)
                        .isInstanceOf(BadBundleException.class);
            }
        }
        assertThat(staged()).isEmpty();
    }

    @Test
    void an_archive_with_a_bit_flipped_anywhere_gives_the_same_lock_or_none() throws IOException {
        for (var bytes : List.of(
                saved("redis:7.4", base), TestImages.tar(TestImages.layout("redis:7.4", "amd64", List.of(base))))) {
            var expected = collect(wanted("redis:7.4"), archive("good.tar", bytes));
            Workspace.delete(bundle(), Disk.real());
            for (var at = 0; at < bytes.length; at++) {
                if (bytes[at] != 0 || at % 16 == 0) { // most of a tar is padding
                    sameOrRefused(bytes, 8 * at + at % 8, expected);
                }
            }
        }
        assertThat(staged()).isEmpty();
    }

    @Test
    void random_damage_to_a_compressed_archive_gives_the_same_lock_or_none() throws IOException {
        var seed = 7L;
        var random = new Random(seed);
        for (var bytes : List.of(
                TestImages.gzip(saved("redis:7.4", base, one)), TestImages.zstd(saved("redis:7.4", base, one)))) {
            var expected = collect(wanted("redis:7.4"), archive("good.tar", bytes));
            Workspace.delete(bundle(), Disk.real());
            for (var i = 0; i < 500; i++) {
                sameOrRefused(bytes, random.nextInt(8 * bytes.length), expected);
            }
        }
    }

    private void sameOrRefused(byte[] bytes, int bit, Lock expected) throws IOException {
        var flipped = bytes.clone();
        flipped[bit / 8] ^= (byte) (1 << bit % 8);
        var archive = archive("flipped.tar", flipped);
        try {
            assertThat(collect(wanted("redis:7.4"), archive)).as("bit " + bit).isEqualTo(expected);
            Workspace.delete(bundle(), Disk.real());
        } catch (BadBundleException | WrongPlatformException refused) {
            assertThat(Files.exists(bundle())).as("bit " + bit).isFalse();
        }
    }

    private void refusedByVerify(Lock lock, String what) {
        assertThatThrownBy(() -> Bundle.verify(bundle(), lock, Progress.SILENT))
                .as(what)
                .isInstanceOf(BadBundleException.class);
    }

    private Lock collect(SortedSet<ImageReference> wanted, ImageSource... sources) throws IOException {
        return collect(wanted, Pins.NONE, sources);
    }

    private Lock collect(SortedSet<ImageReference> wanted, Pins pins, ImageSource... sources) throws IOException {
        var request = new Request(new ProjectName("shop"), wanted, AMD64, pins);
        return Bundle.collect(request, List.of(sources), bundle(), Progress.SILENT);
    }

    private ImageSource archive(String name, byte[] bytes) throws IOException {
        return new ImageSource.FromArchive(Files.write(work.resolve(name), bytes));
    }

    private static byte[] saved(String reference, byte[]... layers) throws IOException {
        return TestImages.saved(reference, "amd64", List.of(layers));
    }

    private static SortedSet<ImageReference> wanted(String... references) {
        var wanted = new TreeSet<ImageReference>();
        for (var reference : references) {
            wanted.add(ImageReference.parse(reference));
        }
        return wanted;
    }

    private Path bundle() {
        return work.resolve("bundle");
    }

    private List<Path> staged() throws IOException {
        try (var files = Files.list(work)) {
            return files.filter(file -> file.getFileName().toString().startsWith("."))
                    .toList();
        }
    }

    private static void flip(Path file, int at) throws IOException {
        var bytes = Files.readAllBytes(file);
        bytes[at % bytes.length] ^= 1;
        Files.write(file, bytes);
    }

    /// Every file below `root`.
    private static Map<String, Bytes> files(Path root) throws IOException {
        var found = new TreeMap<String, Bytes>();
        try (var files = Files.walk(root)) {
            for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                found.put(root.relativize(file).toString(), Bytes.of(Files.readAllBytes(file)));
            }
        }
        return found;
    }
}
