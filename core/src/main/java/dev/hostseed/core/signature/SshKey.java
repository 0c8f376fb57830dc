package dev.hostseed.core.signature;

import dev.hostseed.core.host.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/// A public key of SSH.
///
/// @param type as the first word of a `.pub` file says it
/// @param blob the key as SSH writes it: two keys are the same if their blobs are
/// @param application what a security key signs with each message; empty for all other keys
record SshKey(String type, Bytes blob, VerifyingKey key, String application) {
    static final String ED25519 = "ssh-ed25519";
    static final String RSA = "ssh-rsa";
    static final String SK_ED25519 = "sk-ssh-ed25519@openssh.com";
    static final String SK_ECDSA = "sk-ecdsa-sha2-nistp256@openssh.com";

    private static final String ECDSA = "ecdsa-sha2-";

    /// The key that `blob` is, and nothing after it.
    ///
    /// Rule: RFC 4253, section 6.6; RFC 5656, section 3.1; RFC 8709, section 4; PROTOCOL.u2f.
    static SshKey read(byte[] blob) throws BadSignatureException {
        var from = new SshReader(blob);
        var type = from.text();
        var key = key(type, from);
        var application = type.equals(SK_ED25519) || type.equals(SK_ECDSA) ? from.text() : "";
        from.end();
        return new SshKey(type, Bytes.of(blob), key, application);
    }

    private static VerifyingKey key(String type, SshReader from) throws BadSignatureException {
        switch (type) {
            case ED25519, SK_ED25519 -> {
                return VerifyingKey.Ed25519.of(from.string());
            }
            case SK_ECDSA -> {
                return ecdsa(Curve.P256, from);
            }
            case RSA -> {
                var exponent = from.number();
                return VerifyingKey.Rsa.of(from.number(), exponent);
            }
            default -> {
                for (var curve : Curve.values()) {
                    if (type.equals(ECDSA + curve.sshName())) {
                        return ecdsa(curve, from);
                    }
                }
                throw notTaken(type);
            }
        }
    }

    private static VerifyingKey ecdsa(Curve curve, SshReader from) throws BadSignatureException {
        if (!from.text().equals(curve.sshName())) {
            throw new BadSignatureException("damaged: its curve is not that of its type");
        }
        return VerifyingKey.Ecdsa.of(curve, from.string());
    }

    private static BadSignatureException notTaken(String type) {
        return new BadSignatureException(
                type.contains("-cert-v0")
                        ? "'" + type + "' is a certificate; hostseed trusts keys alone: name the key itself"
                        : "'" + type
                                + "' is not a kind of key that is taken; those are ssh-ed25519, ecdsa-sha2-nistp256, "
                                + "-nistp384 and -nistp521, ssh-rsa, and sk- keys of the first two");
    }

    /// Whether each signature tells that somebody touched the key.
    boolean isSecurityKey() {
        return !application.isEmpty();
    }

    /// As `ssh-keygen -l` prints it: `SHA256:…`.
    String fingerprint() {
        return fingerprint(blob.toArray());
    }

    static String fingerprint(byte[] encoded) {
        return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(hash("SHA-256", encoded));
    }

    /// @param algorithm one that every Java platform has
    static byte[] hash(String algorithm, byte[] message) {
        try {
            return MessageDigest.getInstance(algorithm).digest(message);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
