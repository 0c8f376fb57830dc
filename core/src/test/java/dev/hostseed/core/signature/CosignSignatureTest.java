package dev.hostseed.core.signature;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CosignSignatureTest {
    static final List<String> KINDS = List.of("EC", "Ed25519", "RSA");

    private static final byte[] LOCK = "{\"schema\":2}\n".getBytes(ISO_8859_1);
    private static final Map<String, KeyPair> PAIRS = new ConcurrentHashMap<>();
    private static final Map<String, PemKey> KEYS = new ConcurrentHashMap<>();
    private static final Map<String, String> SIGNATURES = new ConcurrentHashMap<>();

    @ParameterizedTest
    @FieldSource("KINDS")
    void a_signature_of_each_kind_of_key_is_good_alone_and_in_a_bundle(String kind) throws Exception {
        assertThat(good(kind, base64(kind))).isTrue();
        assertThat(good(kind, base64(kind) + "\n")).isTrue();
        assertThat(good(kind, bundle(kind))).isTrue();
    }

    @Test
    void a_bundle_over_an_ed25519_signature_may_leave_the_digest_out() throws Exception {
        var text = bundle("Ed25519").replaceFirst("\"messageDigest\":\\{[^}]*}", "\"messageDigest\":{}");
        assertThat(good("Ed25519", text)).isTrue();
    }

    @Test
    void entries_of_a_transparency_log_are_let_be() throws Exception {
        var text = bundle("EC").replace("\"publicKey\":", "\"tlogEntries\":[{\"logIndex\":\"1\"}],\"publicKey\":");
        assertThat(good("EC", text)).isTrue();
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void B23_no_bit_of_a_signature_can_be_changed(String kind) {
        // around each kind of signature a bundle is the same
        for (var text : kind.equals("EC") ? List.of(base64(kind), bundle(kind)) : List.of(base64(kind))) {
            var bytes = text.getBytes(ISO_8859_1);
            for (var bit = 0; bit < 8 * bytes.length; bit++) {
                var changed = bytes.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                refused("bit " + bit, kind, new String(changed, ISO_8859_1), LOCK);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void B23_no_bit_of_the_lock_can_be_changed(String kind) {
        for (var bit = 0; bit < 8 * LOCK.length; bit++) {
            var changed = LOCK.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            refused("bit " + bit, kind, base64(kind), changed);
            refused("bit " + bit, kind, bundle(kind), changed);
        }
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void B23_a_signature_that_was_cut_or_goes_on_is_refused(String kind) {
        for (var text : List.of(base64(kind), bundle(kind))) {
            for (var length = 0; length < text.length(); length++) {
                refused("first " + length, kind, text.substring(0, length), LOCK);
            }
            for (var more : List.of("=", "A", "\0", text)) {
                refused("more", kind, text + more, LOCK);
            }
            refused("before", kind, " " + text, LOCK);
        }
        refused("more", kind, base64(kind) + "\n\n", LOCK); // after JSON, white space is nothing
    }

    @Test
    void der_has_one_form() throws Exception {
        var good = CanonicalBase64.decode(base64("EC"));
        var longLength = new SshWriter()
                .raw(Arrays.copyOf(good, 1))
                .octet(0x81)
                .raw(Arrays.copyOfRange(good, 1, good.length))
                .toArray();
        var indefinite = good.clone();
        indefinite[1] = (byte) 0x80;
        var padded = new SshWriter()
                .octet(0x30)
                .octet(good[1] + 1)
                .raw(new byte[] {2, (byte) (good[3] + 1), 0})
                .raw(Arrays.copyOfRange(good, 4, good.length))
                .toArray();
        for (var wrong : List.of(longLength, indefinite, padded, Arrays.copyOf(good, good.length + 2))) {
            assertThatThrownBy(() -> good("EC", CanonicalBase64.encode(wrong)))
                    .isInstanceOf(BadSignatureException.class);
        }
    }

    @Test
    void bundles_of_other_kinds_are_refused_by_name() {
        says("{\"base64Signature\":\"AAAA\"}", "a bundle of cosign before 3;");
        says("{\"mediaType\":\"x\",\"dsseEnvelope\":{}}", "an attestation, not a signature over the lock");
        says(bundle("EC").replace("v0.3", "v0.4"), "not a bundle of the kind that is taken");
        says(bundle("EC").replace("publicKey", "certificate"), "signed with a certificate; hostseed trusts keys alone");
        says(bundle("EC").replace("SHA2_256", "SHA2_384"), "its hash is 'SHA2_384'; SHA2_256 is taken");
        says(bundle("EC").replace("\"hint\"", "\"hnit\""), "a bundle with 'hnit', which is not known here");
        says("{\"mediaType\":1}", "a bundle without a text at 'mediaType'");
        says("{" + "\"a\":{".repeat(200), "damaged: ");
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void the_signature_of_another_key_is_not_taken(String kind) throws Exception {
        var other = PemKey.read(pem(fresh(kind)));
        assertThat(CosignSignature.read(base64(kind)).verifies(other, LOCK)).isFalse();
        assertThat(CosignSignature.read(bundle(kind)).verifies(other, LOCK)).isFalse();
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void no_bit_of_a_key_can_be_changed(String kind) throws Exception {
        var pem = pem(pair(kind)).getBytes(ISO_8859_1);
        var signature = CosignSignature.read(base64(kind));
        for (var bit = 0; bit < 8 * pem.length; bit++) {
            var changed = pem.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                var key = PemKey.read(new String(changed, ISO_8859_1));
                assertThat(signature.verifies(key, LOCK)).as("bit " + bit).isFalse();
            } catch (BadSignatureException expected) {
                // refused
            }
        }
    }

    @Test
    void keys_of_other_kinds_are_refused_by_name() throws Exception {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(384);
        assertThatThrownBy(() -> PemKey.read(pem(generator.generateKeyPair())))
                .hasMessageStartingWith("an ECDSA key on nistp384; P-256 is taken");
        assertThatThrownBy(() ->
                        PemKey.read(pem(KeyPairGenerator.getInstance("X25519").generateKeyPair())))
                .hasMessageStartingWith("not a kind of key that is taken");
    }

    @ParameterizedTest
    @FieldSource("KINDS")
    void whatever_comes_is_refused_by_the_one_exception(String kind) {
        for (var seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            refused("seed " + seed, kind, mutated(base64(kind), random), LOCK);
            var bundle = mutated(bundle(kind), random);
            if (!bundle.replace(" ", "").equals(bundle(kind).replace(" ", ""))) {
                refused("seed " + seed, kind, bundle, LOCK);
            }
            try {
                PemKey.read(mutated(pem(pair(kind)), random));
            } catch (BadSignatureException expected) {
                // refused
            } catch (RuntimeException other) {
                fail("seed " + seed, other);
            }
        }
    }

    private static String mutated(String text, Random random) {
        return new String(Mutation.of(text.getBytes(ISO_8859_1), random), ISO_8859_1);
    }

    private static void says(String text, String message) {
        assertThatThrownBy(() -> CosignSignature.read(text))
                .isInstanceOf(BadSignatureException.class)
                .hasMessageStartingWith(message);
    }

    private static void refused(String what, String kind, String text, byte[] lock) {
        try {
            var signature = CosignSignature.read(text);
            signature.checkDigest(lock);
            if (!signature.verifies(key(kind), lock)) {
                return;
            }
        } catch (BadSignatureException expected) {
            return;
        } catch (RuntimeException other) {
            fail(what + " of " + kind + " is not refused but fails", other);
        }
        fail(what + " of " + kind + " is taken: " + text);
    }

    private static boolean good(String kind, String text) throws BadSignatureException {
        var signature = CosignSignature.read(text);
        signature.checkDigest(LOCK);
        return signature.verifies(key(kind), LOCK);
    }

    private static PemKey key(String kind) {
        return KEYS.computeIfAbsent(kind, k -> {
            try {
                return PemKey.read(pem(pair(k)));
            } catch (BadSignatureException impossible) {
                throw new IllegalStateException(impossible);
            }
        });
    }

    private static KeyPair pair(String kind) {
        return PAIRS.computeIfAbsent(kind, CosignSignatureTest::fresh);
    }

    private static KeyPair fresh(String kind) {
        try {
            var generator = KeyPairGenerator.getInstance(kind);
            if (!kind.equals("Ed25519")) {
                generator.initialize(kind.equals("EC") ? 256 : 2048);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String pem(KeyPair pair) {
        return new String(Armor.encode("PUBLIC KEY", pair.getPublic().getEncoded()), ISO_8859_1);
    }

    private static String base64(String kind) {
        return SIGNATURES.computeIfAbsent(kind, k -> sign(pair(k), LOCK));
    }

    static String sign(KeyPair pair, byte[] message) {
        try {
            var algorithm = pair.getPublic().getAlgorithm();
            var signer = Signature.getInstance(
                    algorithm.equals("EC") ? "SHA256withECDSA" : algorithm.equals("RSA") ? "SHA256withRSA" : "Ed25519");
            signer.initSign(pair.getPrivate());
            signer.update(message);
            return CanonicalBase64.encode(signer.sign());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String bundle(String kind) {
        return """
                {"mediaType":"application/vnd.dev.sigstore.bundle.v0.3+json", \
                "verificationMaterial":{"publicKey":{"hint":"%s"}}, \
                "messageSignature":{"messageDigest":{"algorithm":"SHA2_256", "digest":"%s"}, "signature":"%s"}}""".formatted(
                        CanonicalBase64.encode(
                                SshKey.hash("SHA-256", pair(kind).getPublic().getEncoded())),
                        CanonicalBase64.encode(SshKey.hash("SHA-256", LOCK)),
                        base64(kind));
    }
}
