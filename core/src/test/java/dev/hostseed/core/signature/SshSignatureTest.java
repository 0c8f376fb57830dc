package dev.hostseed.core.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigInteger;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SshSignatureTest {
    static final List<String> KINDS = List.of(
            "ssh-ed25519",
            "ecdsa-sha2-nistp256",
            "ecdsa-sha2-nistp384",
            "ecdsa-sha2-nistp521",
            "ssh-rsa rsa-sha2-256",
            "ssh-rsa rsa-sha2-512",
            "sk-ssh-ed25519@openssh.com",
            "sk-ecdsa-sha2-nistp256@openssh.com");

    private static final byte[] LOCK = "{\"schema\":2}\n".getBytes(ISO_8859_1);

    @ParameterizedTest
    @FieldSource("KINDS")
    void a_signature_of_each_kind_of_key_and_by_each_hash_is_good(String kind) {
        var signer = SshSigner.of(kind);
        for (var hash : List.of("sha256", "sha512")) {
            assertThatCode(() -> check(signer, signer.sign(LOCK, SshSignature.NAMESPACE, hash), LOCK))
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void B23_no_bit_of_a_signature_can_be_changed() {
        var signer = SshSigner.of("ssh-ed25519");
        var good = signer.sign(LOCK).getBytes(ISO_8859_1);
        for (var bit = 0; bit < 8 * good.length; bit++) {
            var changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            refused("bit " + bit, signer, new String(changed, ISO_8859_1), LOCK);
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void B23_no_bit_of_what_is_in_the_armor_can_be_changed(String kind) throws Exception {
        var signer = SshSigner.of(kind);
        var good = Armor.decode("SSH SIGNATURE", signer.sign(LOCK));
        var step = kind.endsWith("384") || kind.endsWith("521") ? 7 : 1; // slow ones, whose code is that of nistp256
        for (var bit = 0; bit < 8 * good.length; bit += step) {
            var changed = good.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            refused("bit " + bit, signer, SshSigner.armored(changed), LOCK);
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void B23_no_bit_of_the_lock_can_be_changed(String kind) {
        var signer = SshSigner.of(kind);
        var signature = signer.sign(LOCK);
        for (var bit = 0; bit < 8 * LOCK.length; bit++) {
            var changed = LOCK.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            refused("bit " + bit, signer, signature, changed);
        }
        refused("longer", signer, signature, Arrays.copyOf(LOCK, LOCK.length + 1));
        refused("shorter", signer, signature, Arrays.copyOf(LOCK, LOCK.length - 1));
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void B23_a_signature_that_was_cut_or_goes_on_is_refused(String kind) throws Exception {
        var signer = SshSigner.of(kind);
        var good = signer.sign(LOCK);
        for (var length = 0; length < good.length(); length++) {
            refused("first " + length, signer, good.substring(0, length), LOCK);
        }
        for (var more : List.of("\n", " ", "x", good, "\0")) {
            refused("more", signer, good + more, LOCK);
            refused("before", signer, more + good, LOCK);
        }
        var inside = Armor.decode("SSH SIGNATURE", good);
        for (var length = 0; length < inside.length; length++) {
            refused("first " + length + " inside", signer, SshSigner.armored(Arrays.copyOf(inside, length)), LOCK);
        }
        refused("one more inside", signer, SshSigner.armored(Arrays.copyOf(inside, inside.length + 1)), LOCK);
    }

    @Test
    void B23_the_signature_of_another_key_is_that_of_another_key() throws Exception {
        var signer = SshSigner.of("ssh-ed25519");
        var other = SshSigner.fresh("ssh-ed25519");

        assertThat(SshSignature.read(other.sign(LOCK)).key()).isNotEqualTo(key(signer));
        // its numbers under the trusted key
        var forged = SshSigner.armored(
                signer.blob(),
                SshSignature.NAMESPACE,
                "sha512",
                other.signature(LOCK, SshSignature.NAMESPACE, "sha512", 1));
        refused("forged", signer, forged, LOCK);
    }

    @Test
    void a_signature_made_for_something_else_is_refused_by_name() {
        var signer = SshSigner.of("ssh-ed25519");
        assertThatThrownBy(() -> check(signer, signer.sign(LOCK, "file", "sha512"), LOCK))
                .isInstanceOf(BadSignatureException.class)
                .hasMessageStartingWith("made for 'file', not for 'hostseed-bundle'");
        // said to be for us, but signed for a file
        var relabelled = SshSigner.armored(
                signer.blob(), SshSignature.NAMESPACE, "sha512", signer.signature(LOCK, "file", "sha512", 1));
        refused("relabelled", signer, relabelled, LOCK);
    }

    @Test
    void the_hash_that_is_named_is_the_one_that_was_signed() {
        var signer = SshSigner.of("ssh-ed25519");
        var other = SshSigner.armored(
                signer.blob(),
                SshSignature.NAMESPACE,
                "sha256",
                signer.signature(LOCK, SshSignature.NAMESPACE, "sha512", 1));
        refused("other hash", signer, other, LOCK);
        assertThatThrownBy(() -> check(signer, signer.sign(LOCK, SshSignature.NAMESPACE, "sha1"), LOCK))
                .hasMessage("its hash is 'sha1'; sha256 and sha512 are taken");
    }

    @Test
    void rsa_with_sha1_and_short_rsa_keys_are_refused() throws Exception {
        var old = SshSigner.of("ssh-rsa ssh-rsa");
        assertThatThrownBy(() -> check(old, old.sign(LOCK), LOCK)).hasMessageContaining("'ssh-rsa'; of RSA");

        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(1024);
        var weak = new SshSigner("ssh-rsa", "rsa-sha2-512", generator.generateKeyPair());
        assertThatThrownBy(() -> check(weak, weak.sign(LOCK), LOCK))
                .hasMessage("an RSA key of 1024 bits; 2048 to 16384 are taken");
        assertThat(((RSAPublicKey) weak.pair().getPublic()).getModulus().bitLength())
                .isEqualTo(1024);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sk-ssh-ed25519@openssh.com", "sk-ecdsa-sha2-nistp256@openssh.com"})
    void a_security_key_that_nobody_touched_is_refused(String kind) {
        var signer = SshSigner.of(kind);
        var untouched = SshSigner.armored(
                signer.blob(),
                SshSignature.NAMESPACE,
                "sha512",
                signer.signature(LOCK, SshSignature.NAMESPACE, "sha512", 0));
        assertThatThrownBy(() -> check(signer, untouched, LOCK))
                .hasMessage("its security key does not say that somebody touched it");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ssh-ed25519-cert-v01@openssh.com",
                "sk-ssh-ed25519-cert-v01@openssh.com",
                "ecdsa-sha2-nistp256-cert-v01@openssh.com"
            })
    void a_certificate_is_refused_by_name(String type) {
        var blob = new SshWriter().text(type).string(new byte[32]).toArray();
        assertThatThrownBy(() -> SshKey.read(blob))
                .isInstanceOf(BadSignatureException.class)
                .hasMessageStartingWith("'" + type + "' is a certificate;");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ssh-dss", "webauthn-sk-ecdsa-sha2-nistp256@openssh.com", "ssh-ed448", "x"})
    void another_kind_of_key_is_refused_by_name(String type) {
        var blob = new SshWriter().text(type).string(new byte[32]).toArray();
        assertThatThrownBy(() -> SshKey.read(blob))
                .isInstanceOf(BadSignatureException.class)
                .hasMessageContaining("'" + type + "' is not a kind of key that is taken");
    }

    @Test
    void a_point_that_is_not_on_its_curve_is_no_key() {
        var signer = SshSigner.of("ecdsa-sha2-nistp256");
        var blob = signer.blob();
        blob[blob.length - 1] ^= 1;
        assertThatThrownBy(() -> SshKey.read(blob)).hasMessage("damaged: its point is not on the curve nistp256");
    }

    @Test
    void a_number_has_one_form() {
        for (var bytes : List.of(new byte[] {0}, new byte[] {0, 1}, new byte[] {-1}, new byte[] {0, 0, -1})) {
            var mpint = new SshWriter().string(bytes).toArray();
            assertThatThrownBy(() -> new SshReader(mpint).number()).isInstanceOf(BadSignatureException.class);
        }
        assertThatCode(() -> assertThat(new SshReader(new SshWriter()
                                        .string(new byte[] {0, -1})
                                        .toArray())
                                .number())
                        .isEqualTo(BigInteger.valueOf(255)))
                .doesNotThrowAnyException();
    }

    /// Bytes that were never a signature, and signatures in which whole pieces were changed.
    @ParameterizedTest
    @FieldSource("KINDS")
    void whatever_comes_is_refused_by_the_one_exception(String kind) throws Exception {
        var signer = SshSigner.of(kind);
        var good = Armor.decode("SSH SIGNATURE", signer.sign(LOCK));
        for (var seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            refused("seed " + seed, signer, SshSigner.armored(Mutation.of(good, random)), LOCK);
            refused("seed " + seed, signer, new String(Mutation.of(LOCK, random), ISO_8859_1), LOCK);
        }
    }

    private static void refused(String what, SshSigner signer, String armored, byte[] lock) {
        try {
            check(signer, armored, lock);
        } catch (BadSignatureException expected) {
            return;
        } catch (RuntimeException other) {
            fail(what + " of " + signer.type() + " is not refused but fails", other);
        }
        fail(what + " of " + signer.type() + " is taken");
    }

    /// As [Trust] does it: a good signature by the key that is trusted.
    private static void check(SshSigner signer, String armored, byte[] lock) throws BadSignatureException {
        var signature = SshSignature.read(armored);
        if (!signature.key().equals(key(signer))) {
            throw new BadSignatureException("of another key");
        }
        signature.verify(lock);
    }

    private static SshKey key(SshSigner signer) throws BadSignatureException {
        return SshKey.read(signer.blob());
    }
}
