package dev.hostseed.core.signature;

import dev.hostseed.core.host.Bytes;
import java.util.HexFormat;
import java.util.Map;

/// A public key as cosign writes it: a `SubjectPublicKeyInfo` in a PEM file.
///
/// Rule: RFC 5280, section 4.1; RFC 5480; RFC 8410; RFC 8017, appendix A.1.
///
/// @param encoded the DER in the file
record PemKey(Bytes encoded, VerifyingKey key) {
    static final String LABEL = "PUBLIC KEY";

    static final String EC = "2a8648ce3d0201";
    static final String RSA = "2a864886f70d010101";
    static final String ED25519 = "2b6570";

    private static final Map<String, Curve> CURVES =
            Map.of("2a8648ce3d030107", Curve.P256, "2b81040022", Curve.P384, "2b81040023", Curve.P521);

    static PemKey read(String pem) throws BadSignatureException {
        var encoded = Armor.decode(LABEL, pem);
        var file = new Der(encoded);
        var info = file.sequence();
        file.end();
        var algorithm = info.sequence();
        var bits = info.bits();
        info.end();
        var key = key(identifier(algorithm), algorithm, bits);
        algorithm.end();
        return new PemKey(Bytes.of(encoded), key);
    }

    static String identifier(Der from) throws BadSignatureException {
        return HexFormat.of().formatHex(from.next(Der.OBJECT_IDENTIFIER));
    }

    /// @param parameters what follows the algorithm's identifier
    private static VerifyingKey key(String algorithm, Der parameters, byte[] bits) throws BadSignatureException {
        switch (algorithm) {
            case EC -> {
                return VerifyingKey.Ecdsa.of(curve(identifier(parameters)), bits);
            }
            case ED25519 -> {
                return VerifyingKey.Ed25519.of(bits);
            }
            case RSA -> {
                parameters.next(Der.NULL);
                return rsa(bits);
            }
            default ->
                throw new BadSignatureException(
                        "not a kind of key that is taken; those are ECDSA P-256, Ed25519 and RSA");
        }
    }

    /// cosign and its libraries do not agree on the hash for larger curves.
    private static Curve curve(String identifier) throws BadSignatureException {
        var curve = CURVES.get(identifier);
        if (curve != Curve.P256) {
            throw new BadSignatureException("an ECDSA key on " + (curve == null ? "an unknown curve" : curve.sshName())
                    + "; P-256 is taken, as 'cosign generate-key-pair' makes it");
        }
        return curve;
    }

    private static VerifyingKey rsa(byte[] bits) throws BadSignatureException {
        var key = new Der(bits);
        var numbers = key.sequence();
        key.end();
        var modulus = numbers.number();
        var exponent = numbers.number();
        numbers.end();
        return VerifyingKey.Rsa.of(modulus, exponent);
    }

    /// Of the DER, in the form of ssh-keygen.
    String fingerprint() {
        return SshKey.fingerprint(encoded.toArray());
    }
}
