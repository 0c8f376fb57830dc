package dev.hostseed.core.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hostseed.core.image.Bundle;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Rows B23 of the catalogue of faults, and whose files are believed.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TrustTest {
    private static final byte[] LOCK = "{\"schema\":2}\n".getBytes(ISO_8859_1);
    private static final SshSigner ALICE = SshSigner.of("ssh-ed25519");
    private static final SshSigner MALLORY = SshSigner.fresh("ssh-ed25519");
    private static final Clock NOON = Clock.fixed(Instant.parse("2026-07-01T12:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path disk;

    private Path trusted;
    private Path bundle;

    @BeforeEach
    void places() throws IOException {
        trusted = Files.createDirectories(disk.resolve("etc/hostseed/trusted.d"));
        bundle = Files.createDirectory(disk.resolve("bundle"));
        for (var directory : List.of(trusted, trusted.getParent())) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void without_keys_nothing_is_trusted_and_nothing_demanded() throws Exception {
        assertThat(Trust.in(trusted, NOON).isEmpty()).isTrue();
        assertThat(Trust.in(disk.resolve("none"), NOON).isEmpty()).isTrue();
    }

    @Test
    void the_signature_of_a_trusted_key_is_taken() throws Exception {
        key("alice.pub", ALICE.publicKey() + " alice@example.com\n");
        sign(ALICE.sign(LOCK));

        assertThat(Trust.in(trusted, NOON).verify(bundle, LOCK))
                .containsExactly(
                        new Signed("hostseed.lock.sig", "Ed25519", ALICE.fingerprint(), "alice@example.com", true));
    }

    @Test
    void B23_an_unsigned_lock_is_refused_with_what_is_trusted() throws Exception {
        key("alice.pub", ALICE.publicKey() + " alice\n");

        refused("%s/hostseed.lock: not signed: it has neither hostseed.lock.sig nor hostseed.lock.cosign beside it"
                        .formatted(bundle)
                + " — signatures are taken by %s (alice, alice.pub) in %s — have it signed by such a key,"
                        .formatted(ALICE.fingerprint(), trusted));
    }

    @Test
    void B23_keys_that_were_named_are_told_with_their_files() throws Exception {
        key("alice.pub", ALICE.publicKey() + " alice\n");
        var file = trusted.resolve("alice.pub");

        assertThatThrownBy(() -> Trust.of(List.of(file), NOON).verify(bundle, LOCK))
                .hasMessageContaining("%s (alice, alice.pub) in %s — have".formatted(ALICE.fingerprint(), file));
    }

    @Test
    void B23_the_signature_of_a_key_that_is_not_trusted_is_refused_with_both() throws Exception {
        key("allowed_signers", "alice " + ALICE.publicKey() + "\n");
        sign(MALLORY.sign(LOCK));

        refused(bundle + "/hostseed.lock: not signed by a trusted key: hostseed.lock.sig is by " + MALLORY.fingerprint()
                + " — signatures are taken by " + ALICE.fingerprint());
    }

    @Test
    void B23_a_damaged_signature_is_refused_even_beside_a_good_one() throws Exception {
        var pair = pem("release.pem");
        key("alice.pub", ALICE.publicKey());
        Files.writeString(bundle.resolve(Bundle.COSIGN_SIGNATURE), CosignSignatureTest.sign(pair, LOCK));
        sign(ALICE.sign("another lock".getBytes(ISO_8859_1)));
        refused(bundle + "/hostseed.lock.sig: not a signature over this lock");

        sign("-----BEGIN SSH SIGNATURE-----\n");
        refused(bundle + "/hostseed.lock.sig: not one block");

        sign(ALICE.sign(LOCK));
        var other = pem("other.txt");
        Files.delete(trusted.resolve("other.txt"));
        Files.writeString(bundle.resolve(Bundle.COSIGN_SIGNATURE), CosignSignatureTest.sign(other, LOCK));
        refused(bundle + "/hostseed.lock.cosign: not a signature over this lock by a trusted key");
    }

    @Test
    void one_good_signature_is_enough_beside_one_of_a_stranger() throws Exception {
        pem("release.pem");
        var pair = pem("release.pub");
        Files.writeString(bundle.resolve(Bundle.COSIGN_SIGNATURE), CosignSignatureTest.sign(pair, LOCK));
        sign(MALLORY.sign(LOCK));

        assertThat(Trust.in(trusted, NOON).verify(bundle, LOCK))
                .extracting(Signed::file, Signed::trusted)
                .containsExactly(tuple("hostseed.lock.sig", false), tuple("hostseed.lock.cosign", true));
    }

    @Test
    void B23_a_signature_of_cosign_is_refused_where_no_key_of_cosign_is_trusted() throws Exception {
        var pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        key("alice.pub", ALICE.publicKey());
        Files.writeString(bundle.resolve(Bundle.COSIGN_SIGNATURE), CosignSignatureTest.sign(pair, LOCK));

        refused(bundle + "/hostseed.lock: not signed by a trusted key: hostseed.lock.cosign is by a key");
    }

    @Test
    void B24_the_signature_of_a_key_that_has_expired_is_refused() throws Exception {
        key("allowed_signers", "alice valid-before=\"20260630Z\" " + ALICE.publicKey() + "\n");
        sign(ALICE.sign(LOCK));

        refused(bundle + "/hostseed.lock: not signed by a trusted key: hostseed.lock.sig is by " + ALICE.fingerprint()
                + " (alice, allowed_signers), trusted until 2026-06-30T00:00:00Z, and this machine's clock says"
                + " 2026-07-01T12:00:00Z;");
    }

    @Test
    void any_line_of_a_key_that_allows_it_is_enough() throws Exception {
        key("allowed_signers", """
                alice valid-before="20260630Z" %1$s
                alice namespaces="file" %1$s
                alice namespaces="hostseed-*" %1$s
                """.formatted(ALICE.publicKey()));
        sign(ALICE.sign(LOCK));

        assertThat(Trust.in(trusted, NOON).verify(bundle, LOCK)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"README", "alice.pub~", ".alice.pub.swp", "alice.pub.dpkg-old", ".pub", "key"})
    void a_file_that_is_none_of_keys_is_never_passed_over(String name) throws Exception {
        key("alice.pub", ALICE.publicKey());
        key(name, ALICE.publicKey());

        untrusted(trusted.resolve(name) + ": not a file of keys by its name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.pub", "a.pem", "allowed_signers", "b.allowed_signers"})
    void a_file_that_cannot_be_read_as_what_it_is_called_is_never_passed_over(String name) throws Exception {
        key("alice.pub", ALICE.publicKey());
        for (var text : List.of("", "nonsense\n", "\0", "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----\n")) {
            key(name, text);
            untrusted(trusted.resolve(name) + ": ");
        }
        Files.write(trusted.resolve(name), new byte[(1 << 20) + 1]);
        untrusted(trusted.resolve(name) + ": more than 1048576 bytes");
    }

    @Test
    void a_private_key_is_refused_as_such() throws Exception {
        key("oops.pem", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n");
        untrusted(trusted.resolve("oops.pem") + ": a private key; take it away from here");
    }

    @Test
    void links_and_directories_are_refused() throws Exception {
        var elsewhere = Files.writeString(disk.resolve("alice.pub"), ALICE.publicKey());
        var link = Files.createSymbolicLink(trusted.resolve("alice.pub"), elsewhere);
        untrusted(link + ": not a regular file");
        Files.delete(link);

        Files.createDirectory(link);
        untrusted(link + ": not a regular file");
        Files.delete(link);

        Files.delete(trusted);
        Files.createSymbolicLink(trusted, disk);
        untrusted(trusted + ": not a directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/hostseed", "etc/hostseed/trusted.d", "etc/hostseed/trusted.d/alice.pub"})
    void what_others_may_change_is_not_believed(String path) throws Exception {
        key("alice.pub", ALICE.publicKey());
        Files.setPosixFilePermissions(disk.resolve(path), PosixFilePermissions.fromString("rwxrwxr-x"));

        untrusted(disk.resolve(path) + ": its mode is 0775, so others could say what this host trusts");
    }

    @ParameterizedTest
    @ValueSource(strings = {"etc/hostseed", "etc/hostseed/trusted.d", "etc/hostseed/trusted.d/alice.pub"})
    void what_belongs_to_somebody_else_is_not_believed(String path) throws Exception {
        assumeTrue((Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid") == 0, "root alone gives files away");
        key("alice.pub", ALICE.publicKey());
        Files.setAttribute(disk.resolve(path), "unix:uid", 4711);

        untrusted(disk.resolve(path) + ": belongs to user 4711");
    }

    @Test
    void signatures_that_are_links_or_endless_are_refused() throws Exception {
        key("alice.pub", ALICE.publicKey());
        var signature = bundle.resolve(Bundle.SSH_SIGNATURE);
        Files.createSymbolicLink(signature, Path.of("/dev/zero"));
        refused(signature + ": not a regular file");
        Files.delete(signature);

        Files.write(signature, new byte[1 << 20]);
        refused(signature + ": more than 262144 bytes");
        Files.delete(signature);

        Files.createDirectory(signature);
        refused(signature + ": not a regular file");
    }

    @Test
    void many_keys_are_told_shortly() throws Exception {
        var signers = new StringBuilder();
        for (var i = 0; i < 9; i++) {
            signers.append("s").append(i).append(' ').append(ALICE.publicKey()).append('\n');
        }
        key("allowed_signers", signers.toString());

        assertThatThrownBy(() -> Trust.in(trusted, NOON).verify(bundle, LOCK))
                .hasMessageContaining("(s4, allowed_signers) and 4 more in ");
    }

    private KeyPair pem(String name) throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        var pair = generator.generateKeyPair();
        key(name, CosignSignatureTest.pem(pair));
        return pair;
    }

    private void key(String name, String text) throws IOException {
        Files.writeString(trusted.resolve(name), text);
    }

    private void sign(String armored) throws IOException {
        Files.writeString(bundle.resolve(Bundle.SSH_SIGNATURE), armored);
    }

    private void refused(String message) {
        says(message, () -> Trust.in(trusted, NOON).verify(bundle, LOCK));
    }

    private void untrusted(String message) {
        says(message, () -> Trust.in(trusted, NOON));
    }

    private static void says(String message, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(BadSignatureException.class).hasMessageStartingWith(message);
    }
}
