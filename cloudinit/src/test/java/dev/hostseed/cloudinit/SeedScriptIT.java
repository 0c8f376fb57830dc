package dev.hostseed.cloudinit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.file.Checksums;
import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The script that finds the medium, run by the shell of Debian against a seed directory, of which only its own mount
/// namespace knows.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SeedScriptIT {
    private static final String INSTANCE = "hostseed-shop-1-0123456789abcdef";
    private static final Digest OTHER = Digest.of(new byte[0]);

    /// `/var/lib` is the directory given, and `/run` is empty: the script makes its mount point there. The tree of a
    /// plain chroot is no mount that could be made private, so the mounts are undone too.
    private static final String SURROUNDINGS = """
            mount -t tmpfs none /run && mount --bind "$1" /var/lib || exit 99
            shift
            "$@"
            status=$?
            umount /var/lib /run
            exit $status
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    private record Outcome(int status, List<String> lines) {}

    @BeforeEach
    void require_root_and_a_mount_namespace() throws Exception {
        Tool.require("sh", "-c", "[ \"$(id -u)\" = 0 ] && command -v dash");
        Tool.require(inNamespace(List.of("sh", "-c", SURROUNDINGS, "surroundings", temporary.toString(), "true")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"nocloud", "nocloud-net"})
    void the_right_medium_installs_itself(String directory) throws Exception {
        var digest = seed(directory);

        assertThat(run(digest, INSTANCE))
                .isEqualTo(new Outcome(
                        0,
                        List.of(
                                "[install]",
                                "[--from]",
                                "[/var/lib/cloud/seed/" + directory + "/hostseed]",
                                "[--expect]",
                                "[" + digest + "]",
                                "[--instance]",
                                "[" + INSTANCE + "]")));
    }

    @Test
    void the_medium_of_another_seed_is_passed_over() throws Exception {
        seed("nocloud");

        assertThat(run(OTHER, INSTANCE))
                .isEqualTo(new Outcome(
                        1,
                        List.of("hostseed-seed: no medium with the label CIDATA holds this host's seed"
                                + " (hostseed/SHA256SUMS with " + OTHER + ");"
                                + " attach it and run: systemctl start hostseed-install.service")));
    }

    @Test
    void no_medium_at_all_is_told_in_the_same_way() throws Exception {
        assertThat(run(OTHER, INSTANCE).lines())
                .singleElement()
                .asString()
                .startsWith("hostseed-seed: no medium with the label CIDATA");
    }

    @Test
    void nothing_of_a_damaged_medium_is_run() throws Exception {
        var digest = seed("nocloud");
        Files.writeString(temporary.resolve("cloud/seed/nocloud/hostseed/release/release.json"), "[]");

        assertDamaged(digest, "release/release.json: FAILED");
    }

    @Test
    void nothing_of_a_medium_with_another_program_is_run() throws Exception {
        var digest = seed("nocloud");
        var program = temporary.resolve("cloud/seed/nocloud/hostseed/runtime/bin/hostseed");
        Files.writeString(program, Files.readString(program) + "echo evil\n");

        assertDamaged(digest, "runtime/bin/hostseed: FAILED");
    }

    @Test
    void nothing_of_an_incomplete_medium_is_run() throws Exception {
        var digest = seed("nocloud");
        Files.delete(temporary.resolve("cloud/seed/nocloud/hostseed/release/release.json"));

        assertDamaged(digest, "release/release.json: FAILED open or read");
    }

    @Test
    void the_second_directory_is_taken_where_the_first_has_another_seed() throws Exception {
        seed("nocloud");
        Files.writeString(temporary.resolve("cloud/seed/nocloud/hostseed/SHA256SUMS"), "");
        var digest = seed("nocloud-net");

        assertThat(run(digest, INSTANCE).lines()).contains("[/var/lib/cloud/seed/nocloud-net/hostseed]");
    }

    private void assertDamaged(Digest digest, String file) throws Exception {
        var outcome = run(digest, INSTANCE);

        assertThat(outcome.status()).isEqualTo(1);
        assertThat(outcome.lines())
                .contains(file)
                .endsWith("hostseed-seed: the medium is damaged; write it anew")
                .noneMatch(line -> line.startsWith("["));
    }

    /// Makes a seed directory whose program shows its arguments; the digest of its checksums.
    private Digest seed(String directory) throws IOException {
        var ours = temporary.resolve("cloud/seed").resolve(directory).resolve("hostseed");
        Files.createDirectories(ours.resolve("runtime/bin"));
        Files.createDirectories(ours.resolve("release"));
        Files.writeString(ours.resolve("release/release.json"), "{}");
        var program = ours.resolve("runtime/bin/hostseed");
        Files.writeString(program, "#!/bin/sh\nprintf '[%s]\\n' \"$@\"\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        var checksums = Checksums.of(ours, path -> path.equals("SHA256SUMS")).text();
        Files.writeString(ours.resolve("SHA256SUMS"), checksums);
        return Digest.of(checksums.getBytes(UTF_8));
    }

    private Outcome run(Digest digest, String instance) throws Exception {
        var script = temporary.resolve("hostseed-seed");
        try (var resource = InstallStep.class.getResourceAsStream("hostseed-seed")) {
            Files.write(script, Objects.requireNonNull(resource).readAllBytes());
        }
        var command = List.of(
                "sh",
                "-c",
                SURROUNDINGS,
                "surroundings",
                temporary.toString(),
                "dash",
                script.toString(),
                digest.value(),
                instance);
        var builder = new ProcessBuilder(inNamespace(command)).redirectErrorStream(true);
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), output.lines().toList());
    }

    private static String[] inNamespace(List<String> command) throws InterruptedException {
        var propagation = Tool.works("unshare", "--mount", "true") ? "private" : "unchanged";
        var whole = new ArrayList<>(List.of("unshare", "--mount", "--propagation", propagation));
        whole.addAll(command);
        return whole.toArray(String[]::new);
    }
}
