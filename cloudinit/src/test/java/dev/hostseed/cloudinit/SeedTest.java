package dev.hostseed.cloudinit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.file.Checksums;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.systemd.release.Release;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class SeedTest {
    private static final String BLOB = "blobs/sha256/" + "a".repeat(64);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @Test
    void the_checksums_cover_every_file_of_ours_but_blobs() throws IOException {
        var seed = seed("runtime", "unit", "lock");
        var checksums = Checksums.parse(text(seed, "hostseed/SHA256SUMS")).digests();
        var covered = seed.files().keySet().stream()
                .filter(path -> path.startsWith("hostseed/"))
                .filter(path -> !path.equals("hostseed/SHA256SUMS") && !path.startsWith("hostseed/bundle/blobs/"))
                .map(path -> path.substring("hostseed/".length()))
                .toList();

        assertThat(seed.files()).containsKey("hostseed/bundle/" + BLOB);
        assertThat(checksums).containsOnlyKeys(covered).containsKeys("runtime/a", "bundle/hostseed.lock");
        assertThat(checksums.get("release/etc/systemd/system/shop.target"))
                .isEqualTo(Digest.of("unit".getBytes(UTF_8)));
    }

    @Test
    void user_data_holds_the_digest_of_the_checksums_and_the_instance_id() throws IOException {
        var seed = seed("runtime", "unit", "lock");
        var digest = Digest.of(held(seed, "hostseed/SHA256SUMS").bytes().toArray());

        assertThat(seed.userData())
                .contains("hostseed-seed %s %s\\n"
                        .formatted(digest, seed.metaData().instanceId()));
    }

    @Test
    void only_root_may_read_what_may_be_secret() throws IOException {
        var seed = seed("runtime", "unit", "lock");

        assertThat(held(seed, "user-data").mode()).isEqualTo(FileMode.SECRET);
        assertThat(held(seed, "network-config").mode()).isEqualTo(FileMode.SECRET);
        assertThat(text(seed, "meta-data")).isEqualTo(seed.metaData().text());
    }

    @Test
    void equal_input_gives_an_equal_seed() throws IOException {
        assertThat(seed("runtime", "unit", "lock")).isEqualTo(seed("runtime", "unit", "lock"));
    }

    @Test
    void whatever_changes_the_instance_id_changes() throws IOException {
        var ids = new HashSet<String>();

        ids.add(id(seed("runtime", "unit", "lock")));
        ids.add(id(seed("Runtime", "unit", "lock")));
        ids.add(id(seed("runtime", "Unit", "lock")));
        ids.add(id(seed("runtime", "unit", "Lock")));
        ids.add(id(seed("runtime", "unit", "lock", "timezone: Europe/Zurich")));
        ids.add(id(seed("runtime", "unit", "lock", "packages: [jq]")));
        ids.add(id(seed("runtime", "unit", "lock", "users: [{name: ops}]")));
        ids.add(id(seed("runtime", "unit", "lock", "files: [{path: /a, content: a}]")));
        ids.add(id(seed("runtime", "unit", "lock", "files: [{path: /a, content: a, mode: '0600'}]")));
        ids.add(id(seed("runtime", "unit", "lock", "commands: {first_boot: ['true']}")));
        ids.add(id(seed("runtime", "unit", "lock", "cloud_config: {ssh_pwauth: false}")));

        assertThat(ids).hasSize(11);
    }

    @Test
    void a_link_is_refused_because_no_one_could_check_it() throws IOException {
        var host = Inputs.shop(temporary, List.of("web"));
        var release = release("unit");
        var runtime = new Runtime("id", new TreeMap<>(Map.of("bin/a", new FileContent.Link("b"))));

        assertThatThrownBy(() -> Seed.of(host, release, runtime, new TreeMap<>()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageEndingWith("runtime/bin/a");
    }

    @Test
    void a_file_that_is_gone_is_told() throws IOException {
        var runtime = Runtime.at(Inputs.runtime(temporary));
        var host = Inputs.shop(temporary, List.of("web"));
        Files.delete(temporary.resolve("rt/lib/modules"));

        assertThatThrownBy(() -> Seed.of(host, release("unit"), runtime, new TreeMap<>()))
                .isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void a_seed_directory_has_what_cloud_init_reads() throws IOException {
        var seed = seed("runtime", "unit", "lock");
        var directory = temporary.resolve("nocloud");

        seed.writeDirectory(directory);

        assertThat(directory.resolve("user-data")).hasContent(seed.userData());
        assertThat(directory.resolve("network-config")).hasContent(seed.networkConfig());
        assertThat(directory.resolve("meta-data")).hasContent(seed.metaData().text());
        assertThat(directory).isDirectoryNotContaining("glob:**/hostseed");
    }

    private Seed seed(String runtime, String unit, String lock, String... machine) throws IOException {
        var bundle = new TreeMap<String, FileContent>();
        bundle.put("hostseed.lock", FileContent.readable(lock));
        bundle.put(BLOB, new FileContent.Copied(temporary.resolve("absent"), FileMode.READABLE));
        var files = new TreeMap<>(Map.of("a", FileContent.readable(runtime)));
        return Seed.of(
                Inputs.shop(temporary, List.of("web"), machine), release(unit), new Runtime("id", files), bundle);
    }

    private static Release release(String unit) {
        var path = new TargetPath("/etc/systemd/system/shop.target");
        return new Release("0123456789abcdef", new ProjectName("shop"), new TreeMap<>(Map.of(path, readable(unit))));
    }

    private static FileContent readable(String text) {
        return new FileContent.Held(Bytes.of(text), FileMode.READABLE);
    }

    private static String id(Seed seed) {
        return seed.metaData().instanceId();
    }

    private static String text(Seed seed, String path) {
        return held(seed, path).bytes().utf8();
    }

    private static FileContent.Held held(Seed seed, String path) {
        return (FileContent.Held) Objects.requireNonNull(seed.files().get(path));
    }
}
