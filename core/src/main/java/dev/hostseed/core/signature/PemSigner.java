package dev.hostseed.core.signature;

import dev.hostseed.core.image.Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;

/// A private key in PEM that signs as cosign does: ECDSA P-256 and RSA over SHA-256, or Ed25519.
///
/// Rule: RFC 5958; cosign's SIGNATURE_SPEC.
record PemSigner(PrivateKey key, String algorithm) implements SigningKey {

    static PemSigner of(String pem) throws BadSignatureException {
        var encoded = Armor.decode("PRIVATE KEY", pem);
        var info = new Der(encoded).sequence();
        info.number();
        var kind = PemKey.identifier(info.sequence());
        try {
            return switch (kind) {
                case PemKey.EC -> checked(new PemSigner(read("EC", encoded), "SHA256withECDSA"));
                case PemKey.ED25519 -> new PemSigner(read("Ed25519", encoded), "Ed25519");
                case PemKey.RSA -> checked(new PemSigner(read("RSA", encoded), "SHA256withRSA"));
                default ->
                    throw new BadSignatureException(
                            "not a kind of key that is taken; those are ECDSA P-256, Ed25519 and RSA");
            };
        } catch (GeneralSecurityException refused) {
            throw new BadSignatureException("damaged: not a private key in PKCS#8");
        }
    }

    private static PrivateKey read(String algorithm, byte[] encoded) throws GeneralSecurityException {
        return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(encoded));
    }

    private static PemSigner checked(PemSigner signer) throws BadSignatureException {
        if (signer.key instanceof ECKey ec && ec.getParams().getOrder().bitLength() != 8 * Curve.P256.size()) {
            throw new BadSignatureException("an ECDSA key that is not on P-256, which alone is taken");
        }
        if (signer.key instanceof RSAKey rsa && rsa.getModulus().bitLength() < VerifyingKey.Rsa.MIN_BITS) {
            throw new BadSignatureException("an RSA key of %d bits; %d or more are taken"
                    .formatted(rsa.getModulus().bitLength(), VerifyingKey.Rsa.MIN_BITS));
        }
        return signer;
    }

    @Override
    public byte[] sign(byte[] lock) throws IOException {
        try {
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(lock);
            return CanonicalBase64.encode(signer.sign()).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException refused) {
            throw new BadSignatureException("the key does not sign: " + refused.getMessage());
        }
    }

    @Override
    public String signatureName() {
        return Bundle.COSIGN_SIGNATURE;
    }

    /// Without the key.
    @Override
    public String toString() {
        return "PemSigner[" + algorithm + "]";
    }
}
