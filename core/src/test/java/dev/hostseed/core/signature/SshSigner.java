package dev.hostseed.core.signature;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// A key pair of SSH, made here, that signs as `ssh-keygen -Y sign` does; as one on a security key, too, of which a
/// machine without one has no other.
///
/// @param type of the key
/// @param algorithm that it signs with: the same, but for RSA
record SshSigner(String type, String algorithm, KeyPair pair) {
    static final byte[] SSHSIG = "SSHSIG".getBytes(StandardCharsets.US_ASCII);

    private static final Map<String, SshSigner> MADE = new ConcurrentHashMap<>();
    private static final int TOUCHED = 1;

    /// The same for the same words: `ssh-rsa` is followed by its algorithm.
    static SshSigner of(String words) {
        return MADE.computeIfAbsent(words, SshSigner::fresh);
    }

    static SshSigner fresh(String words) {
        var type = words.split(" ", -1)[0];
        var algorithm = words.contains(" ") ? words.split(" ", -1)[1] : type;
        return new SshSigner(type, algorithm, pair(type));
    }

    private static KeyPair pair(String type) {
        try {
            if (type.contains("ed25519")) {
                return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
            }
            var generator = KeyPairGenerator.getInstance(type.equals("ssh-rsa") ? "RSA" : "EC");
            if (type.equals("ssh-rsa")) {
                generator.initialize(2048);
            } else {
                generator.initialize(new ECGenParameterSpec("secp" + curve(type) + "r1"));
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String curve(String type) {
        return type.replaceAll("@.*", "").replaceAll(".*nistp", "");
    }

    boolean isSecurityKey() {
        return type.startsWith("sk-");
    }

    byte[] blob() {
        var blob = new SshWriter().text(type);
        if (type.equals("ssh-rsa")) {
            var key = (RSAPublicKey) pair.getPublic();
            blob.string(key.getPublicExponent().toByteArray())
                    .string(key.getModulus().toByteArray());
        } else if (type.contains("ed25519")) {
            var encoded = pair.getPublic().getEncoded();
            blob.string(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
        } else {
            var size = Integer.parseInt(curve(type)) == 521 ? 66 : Integer.parseInt(curve(type)) / 8;
            var point = ((ECPublicKey) pair.getPublic()).getW();
            blob.text("nistp" + curve(type))
                    .string(new SshWriter()
                            .octet(4)
                            .raw(fixed(point.getAffineX(), size))
                            .raw(fixed(point.getAffineY(), size))
                            .toArray());
        }
        return (isSecurityKey() ? blob.text("ssh:") : blob).toArray();
    }

    private static byte[] fixed(BigInteger number, int size) {
        var bytes = number.toByteArray();
        var fixed = new byte[size];
        var from = Math.max(0, bytes.length - size);
        System.arraycopy(bytes, from, fixed, size - (bytes.length - from), bytes.length - from);
        return fixed;
    }

    String fingerprint() {
        return SshKey.fingerprint(blob());
    }

    /// The line of a `.pub` file, without its comment.
    String publicKey() {
        return type + " " + CanonicalBase64.encode(blob());
    }

    String sign(byte[] message) {
        return sign(message, SshSignature.NAMESPACE, "sha512");
    }

    String sign(byte[] message, String namespace, String hash) {
        return armored(blob(), namespace, hash, signature(message, namespace, hash, TOUCHED));
    }

    static String armored(byte[] blob, String namespace, String hash, byte[] signature) {
        var whole = new SshWriter()
                .raw(SSHSIG)
                .uint32(1)
                .string(blob)
                .text(namespace)
                .string(new byte[0])
                .text(hash)
                .string(signature);
        return armored(whole.toArray());
    }

    static String armored(byte[] whole) {
        return new String(Armor.encode("SSH SIGNATURE", whole), StandardCharsets.US_ASCII);
    }

    /// The innermost part.
    byte[] signature(byte[] message, String namespace, String hash, int flags) {
        var signed = new SshWriter()
                .raw(SSHSIG)
                .text(namespace)
                .string(new byte[0])
                .text(hash)
                .string(SshKey.hash(hash.equals("sha256") ? "SHA-256" : "SHA-512", message))
                .toArray();
        if (!isSecurityKey()) {
            return new SshWriter().text(algorithm).string(raw(signed)).toArray();
        }
        var counter = 41;
        var touched = new SshWriter()
                .raw(SshKey.hash("SHA-256", "ssh:".getBytes(StandardCharsets.US_ASCII)))
                .octet(flags)
                .uint32(counter)
                .raw(SshKey.hash("SHA-256", signed))
                .toArray();
        return new SshWriter()
                .text(algorithm)
                .string(raw(touched))
                .octet(flags)
                .uint32(counter)
                .toArray();
    }

    private byte[] raw(byte[] message) {
        try {
            var signer = Signature.getInstance(javaName());
            signer.initSign(pair.getPrivate());
            signer.update(message);
            var raw = signer.sign();
            if (!type.contains("ecdsa")) {
                return raw;
            }
            var half = raw.length / 2;
            return new SshWriter()
                    .string(new BigInteger(1, Arrays.copyOf(raw, half)).toByteArray())
                    .string(new BigInteger(1, Arrays.copyOfRange(raw, half, raw.length)).toByteArray())
                    .toArray();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private String javaName() {
        return switch (algorithm) {
            case "rsa-sha2-256" -> "SHA256withRSA";
            case "rsa-sha2-512" -> "SHA512withRSA";
            case "ssh-rsa" -> "SHA1withRSA";
            case "ecdsa-sha2-nistp384" -> "SHA384withECDSAinP1363Format";
            case "ecdsa-sha2-nistp521" -> "SHA512withECDSAinP1363Format";
            default -> algorithm.contains("ecdsa") ? "SHA256withECDSAinP1363Format" : "Ed25519";
        };
    }
}
