package dev.hostseed.core.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.image.Scan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signatures against the program whose format they have, both ways.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SshKeygenIT {
    static final List<String> KINDS = SshSignatureTest.KINDS;

    private static final Map<String, String> UTC = Map.of("TZ", "UTC");
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path disk;

    private byte[] lock;

    @BeforeEach
    void bundle() throws Exception {
        Tool.require(ends("ssh-keygen", "-?") != 127, "no ssh-keygen (package openssh-client)");
        lock = LockFile.write(new Lock(new ProjectName("shop"), 1, Scan.NONE, List.of()));
        Files.write(disk.resolve(Bundle.LOCK), lock);
    }

    private int ends(String... command) throws InterruptedException {
        try {
            return Tool.run(disk, UTC, command).status();
        } catch (IOException missing) {
            return 127;
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "ecdsa -b 256", "ecdsa -b 384", "ecdsa -b 521", "rsa -b 2048", "rsa -b 4096"})
    void what_ssh_keygen_signs_is_taken_and_what_we_have_it_sign_it_takes(String kind) throws Exception {
        key(kind);
        Files.writeString(
                disk.resolve("allowed_signers"),
                "alice namespaces=\"hostseed-bundle\" " + Files.readString(disk.resolve("id.pub")));
        for (var hash : List.of("sha256", "sha512")) {
            Files.deleteIfExists(disk.resolve(Bundle.SSH_SIGNATURE));
            ssh("-Y", "sign", "-n", "hostseed-bundle", "-O", "hashalg=" + hash, "-f", "id", Bundle.LOCK)
                    .good();

            assertThat(trust("allowed_signers").verify(disk, lock)).hasSize(1);
            assertThat(trust("id.pub").verify(disk, lock))
                    .extracting(Signed::name)
                    .containsExactly("alice@laptop");
        }

        LockSignature.write(disk, SigningKey.in(disk.resolve("id")));

        judge().good();
        novalidate().good();
        assertThat(trust("allowed_signers").verify(disk, lock)).hasSize(1);
    }

    @Test
    void a_key_that_is_too_short_is_refused_before_anything_is_written() throws Exception {
        key("rsa -b 1024");

        assertThatThrownBy(() -> LockSignature.write(disk, SigningKey.in(disk.resolve("id"))))
                .isInstanceOf(BadSignatureException.class)
                .hasMessageMatching("(an RSA key of 1024 bits; .*|ssh-keygen did not sign: .*)");
        assertThat(disk.resolve(Bundle.SSH_SIGNATURE)).doesNotExist();
    }

    /// Of security keys no real one is here: those that the other tests play are held against ssh-keygen.
    @ParameterizedTest
    @FieldSource("KINDS")
    void the_signatures_of_our_other_tests_are_good_for_ssh_keygen(String kind) throws Exception {
        var signer = SshSigner.of(kind);
        Files.writeString(disk.resolve("allowed_signers"), "alice " + signer.publicKey() + "\n");
        Files.writeString(disk.resolve(Bundle.SSH_SIGNATURE), signer.sign(lock));

        judge().good();
        novalidate().good();
        assertThat(judge().output()).contains(SshKey.read(signer.blob()).fingerprint());

        Files.writeString(disk.resolve(Bundle.LOCK), "x");
        assertThat(judge().status()).isNotZero();
    }

    @Test
    void lines_of_allowed_signers_allow_what_they_allow_ssh_keygen() throws Exception {
        var signer = SshSigner.of("ssh-ed25519");
        Files.writeString(disk.resolve(Bundle.SSH_SIGNATURE), signer.sign(lock));
        var options = new ArrayList<>(List.of(""));
        for (var namespaces : List.of(
                "hostseed-bundle",
                "file",
                "*",
                "h*e",
                "file,hostseed-?undle",
                "!file,*",
                "*,!hostseed-bundle",
                "host",
                "hostseed-bundle?")) {
            options.add("namespaces=\"" + namespaces + "\" ");
        }
        for (var time : List.of(
                "20260701",
                "20260701Z",
                "202607011200Z",
                "20260701120000Z",
                "20260701115959Z",
                "20260701120001Z",
                "20260702",
                "20300101Z",
                "2026070112",
                "20261301",
                "x",
                "")) {
            options.add("valid-after=\"" + time + "\" ");
            options.add("VALID-BEFORE=\"" + time + "\" ");
        }
        options.addAll(List.of(
                "cert-authority ",
                "no-such-option ",
                "namespaces=\"file\",namespaces=\"*\" ",
                "valid-after=\"20260101\",valid-before=\"20250101\" ",
                "namespaces=\"*\",valid-after=\"20260101\" ",
                "namespaces=* ",
                "namespaces=\"*"));
        for (var option : options) {
            for (var principals : List.of("alice", "bob,alice", "\"alice\"", "al*e")) {
                var line = principals + " " + option + signer.publicKey() + " comment\n";
                Files.writeString(disk.resolve("allowed_signers"), "# first\n\n" + line);
                assertThat(taken()).as(line).isEqualTo(judge().status() == 0);
            }
        }
    }

    private boolean taken() throws IOException {
        try {
            return !trust("allowed_signers").verify(disk, lock).isEmpty();
        } catch (BadSignatureException refused) {
            return false;
        }
    }

    private Trust trust(String file) throws IOException {
        return Trust.of(List.of(disk.resolve(file)), NOON);
    }

    private void key(String kind) throws Exception {
        var command = new ArrayList<>(List.of("-q", "-N", "", "-C", "alice@laptop", "-f", "id", "-t"));
        command.addAll(List.of(kind.split(" ", -1)));
        ssh(command.toArray(String[]::new)).good();
    }

    private Tool.Ended judge() throws Exception {
        return sh("ssh-keygen -Y verify -n hostseed-bundle -I alice -f allowed_signers -s hostseed.lock.sig "
                + "-O verify-time=20260701120000 < hostseed.lock");
    }

    private Tool.Ended novalidate() throws Exception {
        return sh("ssh-keygen -Y check-novalidate -n hostseed-bundle -s hostseed.lock.sig < hostseed.lock");
    }

    private Tool.Ended sh(String script) throws Exception {
        return Tool.run(disk, UTC, "sh", "-c", script);
    }

    private Tool.Ended ssh(String... words) throws Exception {
        var command = new ArrayList<>(List.of("ssh-keygen"));
        command.addAll(List.of(words));
        return Tool.run(disk, UTC, command.toArray(String[]::new));
    }
}
