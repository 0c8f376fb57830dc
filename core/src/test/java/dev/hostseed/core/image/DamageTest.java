package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import dev.hostseed.core.testing.ScriptedEngine;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Rows of the catalogue of faults, `B`: what is no bundle, or no longer one.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DamageTest {
    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private final Path bundle = disk.getPath("/work/bundle");
    private Lock lock = new Lock(new ProjectName("shop"), 1, Scan.NONE, List.of());

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(disk.getPath("/work"));
        lock = TestBundles.make(
                bundle, "a/one:1", TestImages.layer("bin/sh", "a shell"), TestImages.layer("one", "first"));
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @Test
    void B02_a_bundle_cut_off_anywhere_is_refused_and_the_file_named() throws IOException {
        assertThat(new Damage(bundle, _ -> TestBundles.verify(bundle)).truncations())
                .isGreaterThan(2000);
        TestBundles.verify(bundle);
    }

    @Test
    void B03_a_bundle_with_any_bit_flipped_is_refused_and_the_file_named() throws IOException {
        assertThat(new Damage(bundle, _ -> TestBundles.verify(bundle)).flips(file -> true, 1))
                .isGreaterThan(16_000);
        TestBundles.verify(bundle);
    }

    @Test
    void B02_B03_a_damaged_bundle_is_refused_before_the_engine_is_sent_anything(@TempDir Path sockets)
            throws IOException {
        try (var fake = ScriptedEngine.start(sockets, 52, false)) {
            var engine = Engine.at(fake.socket());
            var damage = new Damage(bundle, _ -> BundleLoader.load(bundle, engine, Progress.SILENT));

            damage.flips(file -> true, 17);
            damage.truncations();

            assertThat(fake.changes()).isEmpty();
            assertThat(fake.requests().size()).isGreaterThan(2000);
            BundleLoader.load(bundle, engine, Progress.SILENT);
            assertThat(fake.changes()).containsExactly("POST /images/load");
        }
    }

    @Test
    void B02_B03_B10_B15_an_archive_is_refused_as_a_directory_is(@TempDir Path sockets) throws IOException {
        var archive = archive("a/one:1", TestImages.layer("one", "first"));
        var damage = new Damage(archive, _ -> TestBundles.verify(archive));

        assertThat(damage.truncations()).isGreaterThan(5000);
        assertThat(damage.flips(file -> true, 5)).isGreaterThan(5000);
        Files.write(archive, new byte[512], StandardOpenOption.APPEND);
        assertThatThrownBy(() -> TestBundles.verify(archive))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("there are bytes after its end");
        try (var fake = ScriptedEngine.start(sockets, 52, true)) {
            assertThatThrownBy(() -> BundleLoader.load(archive, Engine.at(fake.socket()), Progress.SILENT))
                    .isInstanceOf(BadBundleException.class);
            assertThat(fake.changes()).isEmpty();
        }
    }

    private Path archive(String reference, byte[] layer) throws IOException {
        var saved = disk.getPath("/work/saved.tar");
        Files.write(saved, TestImages.saved(reference, TestBundles.HERE.architecture(), List.of(layer)));
        var archive = disk.getPath("/work/bundle.tar");
        TestBundles.collect(Target.archive(archive, LayerForm.ZSTD), saved, reference);
        TestBundles.verify(archive);
        return archive;
    }

    /// A flip is in one file, and each file is read without regard to the others: so only the one with the flip is read
    /// again, and all that is not a layer.
    @Test
    void B03_ten_thousand_random_flips_of_a_large_bundle_are_all_refused() throws IOException {
        var layers = new ArrayList<byte[]>();
        var random = new Random(4);
        for (var i = 0; i < 120; i++) {
            var content = new byte[70_000];
            random.nextBytes(content);
            layers.add(TestImages.layer("file" + i, content));
        }
        var large = disk.getPath("/work/large");
        var locked = TestBundles.make(large, "a/large:1", layers.toArray(byte[][]::new));
        TestBundles.verify(large);
        var lines = new HashMap<String, LockedLayer>();
        BundleVerifier.layers(locked)
                .values()
                .forEach(layer -> lines.put(layer.stored().digest().hex(), layer));

        var damage = new Damage(large, file -> {
            var layer = lines.get(String.valueOf(file.getFileName()));
            if (layer == null) {
                TestBundles.verify(large);
            } else {
                LayerFile.verifyStored(Blob.of(file), layer);
            }
        });
        damage.randomFlips(10_000, 9);

        TestBundles.verify(large);
    }

    @Test
    void B01_what_is_no_bundle_is_named_by_how_it_starts() throws IOException {
        notABundle("", "an empty file");
        notABundle("<!DOCTYPE html><title>Sign in</title>", "an HTML page (starts with '<!DOCTYPE html><')");
        notABundle(" \r\n<HTML>\n<head>", "an HTML page (starts with '<HTML> <head>')");
        notABundle("\u001f\u008b\b\0", "a gzip file (starts with the bytes 1f 8b 08 00)");
        notABundle("PK\u0003\u0004", "a zip file (starts with the bytes 50 4b 03 04)");
        notABundle("\u00fd7zXZ\0", "an xz file (starts with the bytes fd 37 7a 58 5a 00)");
        notABundle("hello", "something else (starts with 'hello')");
        notABundle("\u001b[31mred", "something else (starts with the bytes 1b 5b 33 31 6d 72 65 64)");
    }

    private void notABundle(String content, String what) throws IOException {
        var file = Files.write(disk.getPath("/work/file"), content.getBytes(ISO_8859_1));

        assertThatThrownBy(() -> Bundle.lock(file))
                .isInstanceOf(BadBundleException.class)
                .hasMessageStartingWith("/work/file: not a hostseed bundle but " + what);
    }

    @Test
    void B01_a_tar_an_iso_and_a_page_in_the_place_of_the_lock_are_named_too() throws IOException {
        var iso = new byte[40_000];
        System.arraycopy("CD001".getBytes(UTF_8), 0, iso, 32769, 5);

        assertThat(describe(TestImages.tar(Map.of("a", new byte[1])))).startsWith("a tar file");
        assertThat(describe(iso)).startsWith("an ISO image");
        assertThat(describe(TestImages.zstd(new byte[9]))).startsWith("a zstd file");
        Files.writeString(bundle.resolve(Bundle.LOCK), "<html>no");
        refused("hostseed.lock: not a lock but an HTML page");
    }

    @Test
    void B04_a_blob_that_is_longer_or_shorter_than_locked_is_refused_with_both_sizes() throws IOException {
        var blob = layer(0);
        var sound = Files.readAllBytes(blob);

        Files.write(blob, Arrays.copyOf(sound, sound.length + 1));
        refused(blob + ": expected " + sound.length + " bytes by hostseed.lock, found " + (sound.length + 1));
        Files.write(blob, Arrays.copyOf(sound, sound.length - 1));
        refused("expected " + sound.length + " bytes by hostseed.lock, found " + (sound.length - 1));
    }

    @Test
    void B04_a_blob_with_another_digest_is_refused_with_both_digests() throws IOException {
        var blob = layer(0);
        var other = new byte[(int) Files.size(blob)];
        Files.write(blob, other);

        assertThatThrownBy(() -> LayerFile.verifyStored(Blob.of(blob), locked(0)))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining(
                        blob + " (stored): expected " + locked(0).stored().digest() + ", found " + Digest.of(other));
    }

    @ParameterizedTest
    @CsvSource({"sha256:../../x", "sha256:AB", "md5:d41d8cd98f00b204e9800998ecf8427e", "''", "sha512:00"})
    void B05_what_is_no_digest_becomes_no_path(String digest) throws IOException {
        var text = Files.readString(bundle.resolve(Bundle.LOCK));
        Files.writeString(
                bundle.resolve(Bundle.LOCK),
                text.replace(locked(0).stored().digest().value(), digest));

        refused("hostseed.lock: ");
    }

    @Test
    void B07_a_link_in_the_place_of_a_file_or_a_directory_is_refused() throws IOException {
        var blob = layer(0);
        var elsewhere = Files.move(blob, disk.getPath("/work/elsewhere"));
        Files.createSymbolicLink(blob, elsewhere);
        refused(blob + ": not a regular file");

        Files.delete(blob);
        Files.move(elsewhere, blob);
        var blobs = Files.move(bundle.resolve("blobs"), disk.getPath("/work/blobs"));
        Files.createSymbolicLink(bundle.resolve("blobs"), blobs);
        refused(bundle.resolve("blobs") + ": not a regular file");
    }

    @Test
    void B08_a_pipe_is_refused_and_nobody_waits_for_its_other_end(@TempDir Path real) throws Exception {
        var copy = real.resolve("bundle");
        var own = TestBundles.make(copy, "a/one:1", TestImages.layer("bin/sh", "a shell"));
        var blob = TestBundles.layers(copy, own).getFirst();
        for (var file : List.of(blob, copy.resolve(Bundle.LOCK))) {
            Files.delete(file);
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .isZero();
            assertThatThrownBy(() -> TestBundles.verify(copy))
                    .isInstanceOf(BadBundleException.class)
                    .hasMessageContaining(file + ": not a regular file");
        }
    }

    @Test
    void B10_sizes_beyond_all_measure_are_refused_by_those_of_the_files() throws IOException {
        var text = Files.readString(bundle.resolve(Bundle.LOCK));
        for (var size : List.of(Long.MAX_VALUE, 1L << 40)) {
            for (var content : List.of(
                    locked(0).stored(),
                    locked(0).plain(),
                    lock.images().getFirst().config(),
                    lock.images().getFirst().manifest())) {
                var locked = Pattern.compile("(" + content.digest() + "\",\\s*\"size\": )" + content.size());
                Files.writeString(
                        bundle.resolve(Bundle.LOCK), locked.matcher(text).replaceAll("$1" + size));
                refused("hostseed.lock");
            }
        }
    }

    @Test
    void B12_files_beyond_all_measure_are_not_even_counted() throws IOException {
        var many = Files.createDirectories(disk.getPath("/work/many"));
        for (var i = 0; i <= 1000; i++) {
            Files.createFile(many.resolve("x" + i));
        }

        assertThatThrownBy(() -> BundleFiles.in(many, 1000))
                .isInstanceOf(BadBundleException.class)
                .hasMessage("/work/many: more than 1000 files");
    }

    @Test
    void B12_a_lock_or_a_config_beyond_all_measure_is_not_read() throws IOException {
        try (var out = Files.newOutputStream(bundle.resolve(Bundle.LOCK))) {
            for (var i = 0; i < 17; i++) {
                out.write(new byte[1 << 20]);
            }
        }

        refused("hostseed.lock: not a lock, it has 17825792 bytes");
    }

    @Test
    void B13_a_layer_that_goes_on_beyond_its_locked_size_is_left_there() throws IOException {
        var bomb = TestImages.zstd(new byte[50 << 20]);
        var file = Files.write(disk.getPath("/work/bomb"), bomb);
        var line = new LockedLayer(Sum.of(new byte[1000]), Sum.of(bomb));
        var written = new long[1];
        var out = new OutputStream() {
            @Override
            public void write(int b) {
                written[0]++;
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                written[0] += length;
            }
        };

        assertThatThrownBy(() -> LayerFile.writePlain(Blob.of(file), line, out))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("expected 1000 bytes, found 1001 bytes");
        assertThat(written[0]).isLessThanOrEqualTo(1000);
    }

    @Test
    void B14_a_layer_that_wants_a_larger_window_than_ours_is_refused() throws IOException {
        var plain = new byte[1 << 20];
        var out = new ByteArrayOutputStream();
        try (var zstd = new ZstdOutputStreamNoFinalizer(out, 3).setLong(27)) {
            zstd.write(plain);
        }
        var file = Files.write(disk.getPath("/work/wide"), out.toByteArray());

        assertThatThrownBy(() ->
                        LayerFile.verify(Blob.of(file), new LockedLayer(Sum.of(plain), Sum.of(out.toByteArray()))))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("wide: cut off or damaged");
    }

    @Test
    void B15_what_follows_a_layer_is_refused() throws IOException {
        var blob = layer(0);
        var sound = Files.readAllBytes(blob);
        for (var tail : List.of(new byte[512], sound, TestImages.gzip(sound))) {
            var out = new ByteArrayOutputStream();
            out.write(sound);
            out.write(tail);
            Files.write(blob, out.toByteArray());
            refused(blob.toString());
            assertThatThrownBy(() -> LayerFile.verifyStored(Blob.of(blob), locked(0)))
                    .isInstanceOf(BadBundleException.class);
            assertThatThrownBy(() -> LayerFile.verify(Blob.of(blob), locked(0))).isInstanceOf(BadBundleException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "oci-layout, 1.0.0, 2.0.0",
        "index.json, image.manifest.v1+json, image.manifest.v2+json",
        "index.json, amd64, arm64",
    })
    void B16_documents_other_than_ours_are_refused(String file, String from, String to) throws IOException {
        var text = Files.readString(bundle.resolve(file));
        Files.writeString(bundle.resolve(file), text.replace(from, to).replace("arm64", "s390x"));

        refused(file + ": not what hostseed.lock says");
    }

    @Test
    void B17_each_file_that_is_missing_is_named() throws IOException {
        try (var files = Files.walk(bundle)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                var sound = Files.readAllBytes(file);
                Files.delete(file);
                refused(file + ": missing");
                Files.write(file, sound);
            }
        }
    }

    @Test
    void B18_a_file_too_many_is_named() throws IOException {
        for (var name : List.of("README", "blobs/sha256/" + "0".repeat(64), "blobs/x", "blobs/sha256/\u001b[31m")) {
            Files.createFile(bundle.resolve(name));
            refused(bundle.resolve(name.replace('\u001b', '?')) + ": not named by hostseed.lock");
            Files.delete(bundle.resolve(name));
        }
    }

    @Test
    void B21_the_lock_of_another_bundle_is_refused_by_what_differs() throws IOException {
        var other = disk.getPath("/work/other");
        TestBundles.make(other, "a/one:1", TestImages.layer("bin/sh", "a shell"), TestImages.layer("one", "second"));
        Files.copy(other.resolve(Bundle.LOCK), bundle.resolve(Bundle.LOCK), StandardCopyOption.REPLACE_EXISTING);

        refused("hostseed.lock");
    }

    @Test
    void B22_a_blob_of_another_bundle_under_a_name_of_this_is_refused() throws IOException {
        var other = disk.getPath("/work/other");
        var others = TestBundles.make(other, "a/one:1", TestImages.layer("bin/sh", "a shall"));
        var foreign = Files.readAllBytes(TestBundles.layers(other, others).getFirst());
        var blob = layer(0);
        Files.write(blob, Arrays.copyOf(foreign, (int) Files.size(blob)));

        refused(blob.toString());
    }

    @Test
    void B25_a_file_that_changes_after_it_was_checked_reaches_no_engine_as_an_image(@TempDir Path sockets)
            throws IOException {
        var blob = layer(1);
        var changed = new AtomicBoolean();
        try (var fake = ScriptedEngine.start(sockets, 41, false)) {
            assertThatThrownBy(() -> BundleLoader.load(bundle, Engine.at(fake.socket()), (what, done, total) -> {
                        if (what.startsWith("loading") && changed.compareAndSet(false, true)) {
                            change(blob);
                        }
                    }))
                    .isInstanceOf(BadBundleException.class)
                    .hasMessageContaining(
                            Objects.requireNonNull(blob.getFileName()).toString());

            assertThat(fake.ids()).isEmpty();
        }
    }

    @Test
    void B26_a_medium_that_cannot_be_read_is_a_fault_of_the_host_and_not_of_the_bundle() {
        var memory = Path.of("/proc/self/mem"); // reading it at its start is EIO
        var unreadable = new Blob(memory, 0, 10, memory.toString());
        var line = new LockedLayer(new Content(Digest.of(new byte[1]), 10), new Content(Digest.of(new byte[2]), 10));

        assertThatThrownBy(() -> LayerFile.verifyStored(unreadable, line))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(BadBundleException.class)
                .hasMessageContaining("Input/output error");
        assertThatThrownBy(() -> LayerFile.verify(unreadable, line))
                .isNotInstanceOf(BadBundleException.class)
                .hasMessageContaining("Input/output error");
    }

    @Test
    void a_link_to_a_bundle_is_as_good_as_the_bundle() throws IOException {
        var link = Files.createSymbolicLink(disk.getPath("/work/link"), bundle);

        assertThatCode(() -> TestBundles.verify(link)).doesNotThrowAnyException();
    }

    private static void change(Path file) {
        try {
            var bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1] ^= 1;
            Files.write(file, bytes);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private String describe(byte[] bytes) throws IOException {
        return FirstBytes.describe(Files.write(disk.getPath("/work/file"), bytes));
    }

    private Path layer(int number) {
        return TestBundles.layers(bundle, lock).get(number);
    }

    private LockedLayer locked(int number) {
        return lock.images().getFirst().layers().get(number);
    }

    private void refused(String message) {
        assertThatThrownBy(() -> TestBundles.verify(bundle))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining(message);
    }
}
