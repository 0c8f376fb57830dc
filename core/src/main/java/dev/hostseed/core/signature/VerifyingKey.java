package dev.hostseed.core.signature;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.KeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/// A public key of one of the three kinds, whatever file it stood in.
sealed interface VerifyingKey {
    /// For messages.
    String kind();

    record Ed25519(PublicKey key) implements VerifyingKey {
        private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100"); // RFC 8410, section 4

        static final int SIZE = 32;
        static final int SIGNATURE_SIZE = 64;

        static Ed25519 of(byte[] point) throws BadSignatureException {
            if (point.length != SIZE) {
                throw new BadSignatureException("damaged: an Ed25519 key of " + point.length + " bytes");
            }
            var encoded = new SshWriter().raw(PREFIX).raw(point).toArray();
            return new Ed25519(made("Ed25519", new X509EncodedKeySpec(encoded)));
        }

        boolean verifies(byte[] message, byte[] signature) {
            return signature.length == SIGNATURE_SIZE && good("Ed25519", key, message, signature);
        }

        @Override
        public String kind() {
            return "Ed25519";
        }
    }

    record Ecdsa(Curve curve, PublicKey key) implements VerifyingKey {
        static Ecdsa of(Curve curve, byte[] point) throws BadSignatureException {
            var spec = new ECPublicKeySpec(curve.point(point), curve.parameters());
            return new Ecdsa(curve, made("EC", spec));
        }

        /// @param r 0 or more, as `s`
        boolean verifies(byte[] message, BigInteger r, BigInteger s) {
            var size = curve.size();
            if (r.bitLength() > 8 * size || s.bitLength() > 8 * size) {
                return false;
            }
            var both = new byte[2 * size];
            put(r, both, size);
            put(s, both, 2 * size);
            return good(curve.algorithm(), key, message, both);
        }

        private static void put(BigInteger number, byte[] into, int end) {
            var bytes = number.toByteArray();
            var from = bytes[0] == 0 ? 1 : 0;
            System.arraycopy(bytes, from, into, end - (bytes.length - from), bytes.length - from);
        }

        @Override
        public String kind() {
            return "ECDSA " + curve.sshName();
        }
    }

    record Rsa(int bits, PublicKey key) implements VerifyingKey {
        static final int MIN_BITS = 2048;
        static final int MAX_BITS = 16_384; // as OpenSSH; checking takes longer the larger it is

        private static final int MAX_EXPONENT_BITS = 64;

        static Rsa of(BigInteger modulus, BigInteger exponent) throws BadSignatureException {
            var bits = modulus.bitLength();
            if (bits < MIN_BITS || bits > MAX_BITS) {
                throw new BadSignatureException(
                        "an RSA key of %d bits; %d to %d are taken".formatted(bits, MIN_BITS, MAX_BITS));
            }
            if (!exponent.testBit(0) || exponent.bitLength() < 2 || exponent.bitLength() > MAX_EXPONENT_BITS) {
                throw new BadSignatureException("damaged: the exponent of its RSA key");
            }
            return new Rsa(bits, made("RSA", new RSAPublicKeySpec(modulus, exponent)));
        }

        /// @param hash as the Java platform writes it in names of algorithms: `SHA256`
        boolean verifies(String hash, byte[] message, byte[] signature) {
            return signature.length == (bits + 7) / 8 && good(hash + "withRSA", key, message, signature);
        }

        @Override
        public String kind() {
            return "RSA " + bits;
        }
    }

    private static PublicKey made(String algorithm, KeySpec spec) throws BadSignatureException {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(spec);
        } catch (GeneralSecurityException refused) {
            throw new BadSignatureException("damaged: no key of " + algorithm);
        }
    }

    private static boolean good(String algorithm, PublicKey key, byte[] message, byte[] signature) {
        try {
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(key);
            verifier.update(message);
            return verifier.verify(signature);
        } catch (GeneralSecurityException unusable) {
            return false; // numbers out of range, or a point that is none
        }
    }
}
