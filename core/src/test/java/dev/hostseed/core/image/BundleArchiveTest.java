package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BundleArchiveTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");

    private FileSystem disk = Jimfs.newFileSystem(Configuration.unix());
    private Path work = disk.getPath("/work");
    private Path archive = work.resolve("bundle.tar");

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(work);
        var base = TestImages.layer("bin/sh", "a shell");
        for (var name : List.of("one", "two")) {
            var layers = List.of(base, TestImages.layer(name, name));
            Files.write(work.resolve(name + ".tar"), TestImages.saved("a/" + name + ":1", "amd64", layers));
        }
    }

    @AfterEach
    void close() throws IOException {
        disk.close();
    }

    @ParameterizedTest
    @EnumSource
    void an_archive_is_the_bundle_that_the_directory_is(LayerForm form) throws IOException {
        var lock = collect(Target.archive(archive, form));

        assertThat(collect(new Target(work.resolve("bundle"), false, form, false)))
                .isEqualTo(lock);
        assertThat(Bundle.lock(archive)).isEqualTo(lock);
        Bundle.verify(archive, lock, Progress.SILENT);
        var files = BundleFiles.at(archive).files();
        assertThat(files.keySet())
                .containsExactlyElementsOf(
                        BundleFiles.at(work.resolve("bundle")).files().keySet());
        for (var file : files.entrySet()) {
            assertThat(file.getValue().small(1 << 20))
                    .as(file.getKey())
                    .isEqualTo(Files.readAllBytes(work.resolve("bundle").resolve(file.getKey())));
        }
        assertThat(work).isDirectoryNotContaining("glob:**/.*");
    }

    @Test
    void the_lock_comes_first_and_the_members_are_those_of_a_docker_archive_too() throws IOException {
        collect(Target.archive(archive, LayerForm.PLAIN));

        var members = members();

        assertThat(List.copyOf(members.keySet()))
                .startsWith("hostseed.lock", "oci-layout", "index.json", "manifest.json")
                .filteredOn(name -> name.startsWith("blobs/"))
                .isSorted()
                .hasSize(3 + 2 + 2);
        assertThat(Archives.list(archive)).containsExactly("a/one:1", "a/two:1");
        assertThat(new String(members.getOrDefault("manifest.json", new byte[0]), StandardCharsets.UTF_8))
                .startsWith("[{\"Config\":\"blobs/sha256/")
                .contains("\"RepoTags\":[\"a/two:1\"]");
    }

    @ParameterizedTest
    @EnumSource
    void an_archive_made_again_is_the_same_to_the_byte_and_its_layers_are_used_again(LayerForm form)
            throws IOException {
        var lock = collect(Target.archive(archive, form));
        var bytes = Files.readAllBytes(archive);
        for (var name : List.of("one", "two")) { // nothing can be read of them any more but their configs
            var saved = TarBytes.of(Files.readAllBytes(work.resolve(name + ".tar")));
            Files.write(work.resolve(name + ".tar"), saved.without("%064x/layer.tar".formatted(0)));
        }

        assertThat(collect(Target.archive(archive, form))).isEqualTo(lock);

        assertThat(archive).hasBinaryContent(bytes);
    }

    @Test
    void a_bundle_changes_the_form_of_its_layers_by_itself() throws IOException {
        collect(Target.archive(archive, LayerForm.PLAIN));
        var plain = Files.readAllBytes(archive);
        collect(Target.archive(archive, LayerForm.ZSTD));
        assertThat(Files.size(archive)).isLessThan(plain.length);

        collect(Target.archive(archive, LayerForm.PLAIN));

        assertThat(archive).hasBinaryContent(plain);
    }

    @Test
    void the_images_of_an_archive_are_a_source_like_any_other() throws IOException {
        var lock = collect(Target.archive(archive, LayerForm.ZSTD));
        var request = new Request(
                new ProjectName("shop"), new TreeSet<>(List.of(ImageReference.parse("a/one:1"))), AMD64, Pins.NONE);

        var again = Bundle.collect(
                request,
                List.of(new ImageSource.FromArchive(archive)),
                Target.directory(work.resolve("again")),
                Progress.SILENT);

        assertThat(again.images().getFirst()).isEqualTo(lock.images().getFirst());
    }

    @Test
    void signatures_lie_behind_the_lock() throws IOException {
        var place = work.resolve("bundle");
        var lock = collect(Target.directory(place));
        Files.writeString(place.resolve(Bundle.SSH_SIGNATURE), "armored");
        Files.writeString(place.resolve(Bundle.COSIGN_SIGNATURE), "base64");

        write(BundleFiles.in(place), lock);

        assertThat(members().keySet())
                .startsWith("hostseed.lock", "hostseed.lock.cosign", "hostseed.lock.sig", "oci-layout");
        assertThat(Bundle.find(archive, Bundle.SSH_SIGNATURE)).hasValue("armored".getBytes(StandardCharsets.UTF_8));
        assertThat(Bundle.find(work.resolve("bundle"), Bundle.COSIGN_SIGNATURE))
                .hasValue("base64".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_signature_is_put_into_an_archive_that_is_there() throws IOException {
        var lock = collect(Target.archive(archive, LayerForm.ZSTD));
        var signature = "armored".getBytes(StandardCharsets.UTF_8);

        Bundle.attach(archive, Bundle.SSH_SIGNATURE, "another".getBytes(StandardCharsets.UTF_8));
        Bundle.attach(archive, Bundle.SSH_SIGNATURE, signature);

        assertThat(Bundle.find(archive, Bundle.SSH_SIGNATURE)).hasValue(signature);
        assertThat(Bundle.find(archive, Bundle.COSIGN_SIGNATURE)).isEmpty();
        Bundle.verify(archive, lock, Progress.SILENT);
        collect(Target.archive(archive, LayerForm.ZSTD));
        assertThat(Bundle.find(archive, Bundle.SSH_SIGNATURE)).hasValue(signature);
    }

    @Test
    void what_is_there_and_is_no_such_archive_is_left_alone() throws IOException {
        Files.writeString(archive, "years of work");
        assertThatThrownBy(() -> collect(Target.archive(archive, LayerForm.ZSTD)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("/work/bundle.tar is there and is not a bundle as an archive");
        assertThat(archive).content().isEqualTo("years of work");

        assertThatThrownBy(() -> collect(Target.directory(archive))).hasMessageContaining("as a directory");
    }

    @Test
    void B02_an_archive_cut_off_anywhere_is_refused() throws IOException {
        collect(Target.archive(archive, LayerForm.ZSTD));
        var bytes = Files.readAllBytes(archive);

        for (var length = 0; length < bytes.length; length++) {
            Files.write(archive, Arrays.copyOf(bytes, length));
            refused("cut off at " + length);
        }
    }

    @Test
    void B03_an_archive_with_a_bit_flipped_in_any_byte_is_refused() throws IOException {
        collect(Target.archive(archive, LayerForm.ZSTD));
        var bytes = Files.readAllBytes(archive);

        for (var at = 0; at < bytes.length; at++) {
            bytes[at] ^= (byte) (1 << at % 8);
            Files.write(archive, bytes);
            refused("bit " + at % 8 + " of byte " + at);
            bytes[at] ^= (byte) (1 << at % 8);
        }
    }

    @Test
    void no_other_tar_is_taken() throws IOException {
        collect(Target.archive(archive, LayerForm.ZSTD));
        var good = Files.readAllBytes(archive);
        var members = members();
        var hostile = new LinkedHashMap<String, byte[]>();
        hostile.put("B01 nothing", new byte[0]);
        hostile.put("B01 a page", "<!DOCTYPE html><title>404</title>".getBytes(StandardCharsets.UTF_8));
        hostile.put("B01 gzip", TestImages.gzip(good));
        hostile.put("B06 a way out", tar(with(members, "../evil", new byte[1])));
        hostile.put("B06 from the root", tar(with(members, "/etc/evil", new byte[1])));
        hostile.put("B06 dots", tar(renamed(members, "index.json", "./index.json")));
        hostile.put("B07 a link", linked(members, "index.json", "oci-layout"));
        hostile.put("B08 a hard link", special(members, '1'));
        hostile.put("B08 a device", special(members, '3'));
        hostile.put("B09 a file twice", twice(members));
        hostile.put("B09 the same but for case", tar(with(members, "Index.json", new byte[1])));
        hostile.put("B10 a size of 8 EiB", sized(good, 0x80, 0x7f));
        hostile.put("B10 a negative size", sized(good, 0xff, 0xff));
        hostile.put("B11 an extended header", extended(members));
        hostile.put("B15 bytes after the end", Arrays.copyOf(good, good.length + 512));
        hostile.put("B15 a second tar", joined(good, good));
        hostile.put("B17 a blob less", tar(without(members, "blobs/")));
        hostile.put("B17 an index less", tar(without(members, "index.json")));
        hostile.put("B18 a file more", tar(with(members, "blobs/sha256/" + "0".repeat(64), new byte[1])));
        hostile.put("another order", tar(reversed(members)));
        hostile.put(
                "another manifest.json", tar(with(members, "manifest.json", "[]".getBytes(StandardCharsets.UTF_8))));
        hostile.put("without manifest.json", tar(without(members, "manifest.json")));

        assertThat(tar(members)).isEqualTo(good);
        for (var one : hostile.entrySet()) {
            Files.write(archive, one.getValue());
            refused(one.getKey());
        }
    }

    private void refused(String what) {
        assertThatThrownBy(() -> Bundle.verify(archive, Bundle.lock(archive), Progress.SILENT))
                .as(what)
                .isInstanceOf(BadBundleException.class)
                .message()
                .containsAnyOf("/work/bundle.tar", "lock: "); // what it says contradicts itself
    }

    private Lock collect(Target target) throws IOException {
        var wanted = new TreeSet<>(List.of(ImageReference.parse("a/one:1"), ImageReference.parse("a/two:1")));
        var sources = List.<ImageSource>of(
                new ImageSource.FromArchive(work.resolve("one.tar")),
                new ImageSource.FromArchive(work.resolve("two.tar")));
        return Bundle.collect(
                new Request(new ProjectName("shop"), wanted, AMD64, Pins.NONE), sources, target, Progress.SILENT);
    }

    private void write(BundleFiles files, Lock lock) throws IOException {
        try (var out = Files.newOutputStream(archive)) {
            BundleArchive.write(files, lock, out);
        }
    }

    private Map<String, byte[]> members() throws IOException {
        var members = new LinkedHashMap<String, byte[]>();
        var reader = new TarReader(new ByteArrayInputStream(Files.readAllBytes(archive)));
        for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            members.put(entry.get().name(), reader.content().readAllBytes());
        }
        return members;
    }

    private static byte[] tar(Map<String, byte[]> members) throws IOException {
        return TestImages.tar(members);
    }

    private static Map<String, byte[]> with(Map<String, byte[]> members, String name, byte[] content) {
        var more = new LinkedHashMap<>(members);
        more.put(name, content);
        return more;
    }

    private static Map<String, byte[]> without(Map<String, byte[]> members, String start) {
        var fewer = new LinkedHashMap<>(members);
        fewer.keySet().stream().filter(name -> name.startsWith(start)).toList().stream()
                .limit(1)
                .forEach(fewer::remove);
        return fewer;
    }

    private static Map<String, byte[]> renamed(Map<String, byte[]> members, String from, String to) {
        var renamed = new LinkedHashMap<String, byte[]>();
        members.forEach((name, content) -> renamed.put(name.equals(from) ? to : name, content));
        return renamed;
    }

    private static Map<String, byte[]> reversed(Map<String, byte[]> members) {
        var reversed = new LinkedHashMap<String, byte[]>();
        reversed.put(Bundle.LOCK, members.getOrDefault(Bundle.LOCK, new byte[0]));
        new ArrayList<>(members.keySet())
                .reversed()
                .forEach(name -> reversed.put(name, members.getOrDefault(name, new byte[0])));
        return reversed;
    }

    private static byte[] twice(Map<String, byte[]> members) throws IOException {
        var out = new ByteArrayOutputStream();
        var tar = new TarWriter(out);
        for (var member : members.entrySet()) {
            tar.file(member.getKey(), member.getValue());
            if (member.getKey().equals("index.json")) {
                tar.file(member.getKey(), member.getValue());
            }
        }
        tar.end();
        return out.toByteArray();
    }

    private static byte[] linked(Map<String, byte[]> members, String name, String target) throws IOException {
        return replaced(members, name, new TarWriter.Member(name, '2', 0644, 0, 0, target));
    }

    private static byte[] special(Map<String, byte[]> members, char type) throws IOException {
        return replaced(members, "index.json", new TarWriter.Member("index.json", type, 0644, 0, 0, ""));
    }

    private static byte[] replaced(Map<String, byte[]> members, String name, TarWriter.Member by) throws IOException {
        var out = new ByteArrayOutputStream();
        var tar = new TarWriter(out);
        for (var member : members.entrySet()) {
            if (member.getKey().equals(name)) {
                tar.member(by, to -> {});
            } else {
                tar.file(member.getKey(), member.getValue());
            }
        }
        tar.end();
        return out.toByteArray();
    }

    private static byte[] extended(Map<String, byte[]> members) throws IOException {
        var records = "22 mtime=9e9999999999\n".getBytes(StandardCharsets.US_ASCII);
        var out = new ByteArrayOutputStream();
        var tar = new TarWriter(out);
        for (var member : members.entrySet()) {
            if (member.getKey().equals("index.json")) {
                tar.member(new TarWriter.Member("pax", 'x', 0644, 0, records.length, ""), to -> to.write(records));
            }
            tar.file(member.getKey(), member.getValue());
        }
        tar.end();
        return out.toByteArray();
    }

    private static byte[] sized(byte[] good, int first, int second) {
        var bytes = good.clone();
        bytes[124] = (byte) first;
        Arrays.fill(bytes, 125, 136, (byte) second);
        return bytes;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
