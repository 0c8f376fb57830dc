package dev.hostseed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows B23, B24 and B30 of the catalogue of faults, from the key to the Engine.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SignedBundlesIT {
    private static final Path HOSTSEED = Path.of("target/hostseed/bin/hostseed");

    private static @Nullable TestEngine engine;

    @TempDir
    private Path directory;

    private final Map<String, String> environment = new TreeMap<>();

    @BeforeAll
    static void startAnEngine() throws Exception {
        engine = TestEngine.start(false);
        engine().busybox("example/base:1");
    }

    @AfterAll
    static void stopTheEngine() throws Exception {
        if (engine != null) {
            engine.close();
        }
    }

    private static TestEngine engine() {
        return Objects.requireNonNull(engine);
    }

    @BeforeEach
    void keys() throws Exception {
        for (var name : List.of("ours", "theirs")) {
            good("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", name);
        }
        Files.createDirectories(directory.resolve("host/etc/hostseed/trusted.d"));
        Files.writeString(directory.resolve("compose.yaml"), """
                name: shop
                services: {web: {image: "example/web:1"}}
                x-host: {name: shop-1}
                """);
    }

    @Test
    void a_host_with_a_key_loads_what_that_key_has_signed_and_nothing_older() throws Exception {
        var socket = engine().socket().toString();
        bundleOf("one", "first");
        bundleOf("two", "second");
        engine().docker("rmi", "example/web:1");
        Files.copy(directory.resolve("ours.pub"), directory.resolve("host/etc/hostseed/trusted.d/ours.pub"));

        var unsigned = load(socket, "first");
        sign("first", "theirs");
        var foreign = load(socket, "first");
        assertThat(engine().docker("images", "-q", "example/web:1")).isEmpty();
        sign("first", "ours");
        sign("second", "ours");
        var second = load(socket, "second");
        var older = load(socket, "first");
        var other = load(socket, "second", "-p", "other");
        var asked = load(socket, "first", "--allow-downgrade");

        assertThat(unsigned.code()).isEqualTo(4);
        assertThat(unsigned.output())
                .startsWith("hostseed: first/hostseed.lock: not signed: it has neither")
                .contains(fingerprint("ours") + " (ours, ours.pub) in host/etc/hostseed/trusted.d");
        assertThat(foreign.code()).isEqualTo(4);
        assertThat(foreign.output())
                .startsWith("hostseed: first/hostseed.lock: not signed by a trusted key: hostseed.lock.sig is by "
                        + fingerprint("theirs"));
        assertThat(second.code()).as(second.output()).isZero();
        assertThat(second.output())
                .contains("second/hostseed.lock: signed by Ed25519 key " + fingerprint("ours") + " (ours)\n")
                .contains("example/web:1: loaded");
        assertThat(older.code()).isEqualTo(9);
        assertThat(older.output()).startsWith("hostseed: version 1 of 'shop' is older than version 2, which this");
        assertThat(other.code()).isEqualTo(4);
        assertThat(other.output()).contains("the lock of the project 'shop', not of 'other'");
        assertThat(asked.code()).as(asked.output()).isZero();
        assertThat(asked.output()).startsWith("hostseed: warning: version 1 of shop takes the place of version 2");
    }

    @Test
    void a_medium_carries_the_signature_to_the_host() throws Exception {
        var socket = engine().socket().toString();
        imageOf("one");
        assertThat(hostseed("build", "-q", "--docker-socket", socket, "--sign", "ours")
                        .code())
                .isZero();
        var dist = directory.resolve("dist/shop-1");
        var signature = Files.readAllBytes(dist.resolve("bundle/hostseed.lock.sig"));
        assertThat(hostseed("build", "-q", "--docker-socket", socket).code()).isZero();
        assertThat(dist.resolve("bundle/hostseed.lock.sig")).hasBinaryContent(signature);
        Files.copy(directory.resolve("ours.pub"), directory.resolve("host/etc/hostseed/trusted.d/ours.pub"));
        good("osirrox", "-indev", "dist/shop-1/seed.iso", "-extract", "/", "iso");

        var installed = hostseed(
                "install", "--from", "iso/hostseed", "--expect", sums("iso"), "--instance", "i-1", "--root", "host");
        var loaded = hostseed("load", "-p", "shop", "--root", "host", "--docker-socket", socket);

        assertThat(installed.code()).as(installed.output()).isZero();
        assertThat(installed.output()).contains("the lock is signed by Ed25519 key " + fingerprint("ours"));
        assertThat(loaded.code()).as(loaded.output()).isZero();
        assertThat(directory.resolve("host/var/lib/hostseed/trust/shop")).hasContent("1");

        Files.delete(directory.resolve("host/var/lib/hostseed/shop/current/bundle/hostseed.lock.sig"));
        assertThat(hostseed("load", "-p", "shop", "--root", "host", "--docker-socket", socket)
                        .code())
                .isEqualTo(4);
    }

    @Test
    void an_archive_is_signed_while_it_is_made_or_afterwards() throws Exception {
        var socket = engine().socket().toString();
        imageOf("one");
        Files.copy(directory.resolve("ours.pub"), directory.resolve("host/etc/hostseed/trusted.d/ours.pub"));
        assertThat(hostseed("bundle", "-q", "--docker-socket", socket, "--to", "unsigned.tar")
                        .code())
                .isZero();
        var made = hostseed("bundle", "-q", "--docker-socket", socket, "--to", "signed.tar", "--sign", "ours");
        assertThat(made.code()).as(made.output()).isZero();

        assertThat(load(socket, "unsigned.tar").code()).isEqualTo(4);
        assertThat(load(socket, "signed.tar").output()).contains("signed.tar/hostseed.lock: signed by Ed25519 key");
        assertThat(hostseed("bundle", "verify", "signed.tar", "--trust", "ours.pub")
                        .code())
                .isZero();
        assertThat(hostseed("bundle", "verify", "signed.tar", "--trust", "theirs.pub")
                        .code())
                .isEqualTo(4);
        sign("unsigned.tar", "ours");
        assertThat(load(socket, "unsigned.tar").code()).isZero();
    }

    @Test
    void a_key_that_does_not_sign_leaves_the_bundle_that_was_there() throws Exception {
        bundleOf("one", "first");
        var before = Files.readAllBytes(directory.resolve("first/hostseed.lock"));
        imageOf("two");
        good("rm", "theirs"); // of which the agent knows nothing either

        var ended = hostseed(
                "bundle", "-q", "--docker-socket", engine().socket().toString(), "-o", "first", "--sign", "theirs.pub");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.output()).contains("hostseed: ssh-keygen did not sign: it ended with ");
        assertThat(directory.resolve("first/hostseed.lock")).hasBinaryContent(before);
    }

    @Test
    void B30_what_was_checked_is_told() throws Exception {
        bundleOf("one", "first");
        var unsigned = hostseed("bundle", "verify", "first");
        sign("first", "ours");
        var signed = hostseed("bundle", "verify", "first", "--trust", "ours.pub");
        var foreign = hostseed("bundle", "verify", "first", "--trust", "theirs.pub");
        var blob =
                Files.list(directory.resolve("first/blobs/sha256")).findFirst().orElseThrow();
        Files.write(blob, new byte[] {1});
        var damaged = hostseed("bundle", "verify", "first", "--trust", "ours.pub");

        assertThat(unsigned.code()).isZero();
        assertThat(signed.code()).as(signed.output()).isZero();
        assertThat(signed.output())
                .contains("first: good\n  lock     version 1 of shop, 1 image\n")
                .contains("  signed   Ed25519 key " + fingerprint("ours") + " (ours)\n")
                .contains("  image    example/web:1  linux/")
                .contains("  checked  the names and sizes of all files, and each byte: ");
        assertThat(foreign.code()).isEqualTo(4);
        assertThat(damaged.code()).isEqualTo(4);
        assertThat(damaged.output()).contains(blob.getFileName().toString());
    }

    @Test
    void a_key_of_the_agent_or_behind_a_passphrase_signs_as_ssh_keygen_has_it() throws Exception {
        bundleOf("one", "first");
        good("ssh-keygen", "-q", "-t", "ed25519", "-N", "correct horse", "-C", "locked", "-f", "locked");
        var askpass = directory.resolve("askpass");
        Files.writeString(askpass, "#!/bin/sh\necho correct horse\n");
        good("chmod", "+x", askpass.toString());
        environment.putAll(Map.of("SSH_ASKPASS", askpass.toString(), "SSH_ASKPASS_REQUIRE", "force", "DISPLAY", ":0"));

        sign("first", "locked");

        assertThat(hostseed("bundle", "verify", "first", "--trust", "locked.pub")
                        .code())
                .isZero();
        environment.clear();
        good(
                "sh",
                "-c",
                "ssh-agent -a agent sh -c 'ssh-add -q ours && rm ours && SSH_ASKPASS_REQUIRE=never" + " exec "
                        + HOSTSEED.toAbsolutePath() + " bundle sign first --key ours.pub'");
        assertThat(hostseed("bundle", "verify", "first", "--trust", "ours.pub").code())
                .isZero();
    }

    @Test
    void keys_that_cannot_sign_are_refused_by_name() throws Exception {
        bundleOf("one", "first");
        Files.writeString(
                directory.resolve("enc"),
                "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\nAAAA\n"
                        + "-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n");
        environment.put("PATH", "/usr/bin:/bin");

        assertThat(hostseed("bundle", "sign", "first", "--key", "missing"))
                .isEqualTo(new Ended(4, "hostseed: missing: there is no such file\n"));
        assertThat(hostseed("bundle", "sign", "first", "--key", "compose.yaml").code())
                .isEqualTo(4);
        assertThat(hostseed("bundle", "sign", "first", "--key", "enc").output()).contains("cosign");
        assertThat(hostseed("bundle", "sign", "first").output()).contains("Missing required option: '--key=FILE'");
        assertThat(directory.resolve("first")).isDirectoryNotContaining("glob:**.{sig,cosign}");
    }

    private void imageOf(String text) throws Exception {
        good(
                "sh",
                "-c",
                "mkdir -p context && printf 'FROM example/base:1\\nENV SAYS=" + text + "\\n' > context/Dockerfile");
        engine().docker(
                        "build",
                        "-q",
                        "-t",
                        "example/web:1",
                        directory.resolve("context").toString());
    }

    private void bundleOf(String text, String bundle) throws Exception {
        imageOf(text);
        var ended =
                hostseed("bundle", "-q", "--docker-socket", engine().socket().toString(), "-o", bundle);
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    private void sign(String bundle, String key) throws Exception {
        var ended = hostseed("bundle", "sign", bundle, "--key", key);
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    private Ended load(String socket, String bundle, String... more) throws Exception {
        var words = new ArrayList<>(List.of("load", "--root", "host", "--docker-socket", socket, "--bundle", bundle));
        words.addAll(List.of(more));
        return hostseed(words.toArray(String[]::new));
    }

    private String fingerprint(String key) throws Exception {
        return run("ssh-keygen", "-l", "-f", key + ".pub").output().split(" ", -1)[1];
    }

    private String sums(String medium) throws Exception {
        return "sha256:"
                + run("sha256sum", medium + "/hostseed/SHA256SUMS").output().split(" ", -1)[0];
    }

    private record Ended(int code, String output) {}

    private Ended hostseed(String... words) throws Exception {
        var command = new ArrayList<>(List.of(HOSTSEED.toAbsolutePath().toString()));
        command.addAll(List.of(words));
        return run(command.toArray(String[]::new));
    }

    private void good(String... words) throws Exception {
        var ended = run(words);
        assertThat(ended.code()).as(ended.output()).isZero();
    }

    private Ended run(String... words) throws IOException, InterruptedException {
        var builder = new ProcessBuilder(words).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
