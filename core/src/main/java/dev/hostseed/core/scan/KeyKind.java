package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/// What a private key is worth to a finder.
///
/// Rules: RFC 7468; RFC 1421, `Proc-Type`; OpenSSH, PROTOCOL.key; RFC 9580, section 5.5.3.
final class KeyKind {
    private static final int SHORTEST = 40; // characters of base 64: a key of 25519 in PKCS 8 has 64
    private static final byte[] OPENSSH = "openssh-key-v1\0".getBytes(ISO_8859_1);

    private KeyKind() {}

    /// @param label between `BEGIN` and the dashes
    /// @return nothing if this only stands for a key
    static Optional<Severity> severity(String label, KeyArmor armor) {
        var body = armor.body();
        var isKey = armor.isWhole()
                && body.length() >= SHORTEST
                && Guess.entropy(body) >= 3.5
                && !Guess.isStandIn(body.substring(0, 20));
        if (!isKey) {
            return Optional.empty();
        }
        return Optional.of(isEncrypted(label, armor) ? Severity.MEDIUM : Severity.HIGH);
    }

    /// Whether these bytes have the form of a key; a text that only looks like one has not.
    static boolean isKey(byte[] decoded) {
        return Der.content(decoded, 0) > 0 || startsWith(decoded, OPENSSH) || decoded.length > 0 && decoded[0] < 0;
    }

    private static boolean isEncrypted(String label, KeyArmor armor) {
        return armor.isEncrypted()
                || label.contains("ENCRYPTED")
                || label.contains("TSS2") // of use with its TPM alone
                || label.startsWith("OPENSSH") && isEncryptedOpenSsh(armor.decoded())
                || label.startsWith("PGP") && PgpKey.isEncrypted(armor.decoded());
    }

    private static boolean isEncryptedOpenSsh(byte[] key) {
        if (key.length < OPENSSH.length + 8 || !startsWith(key, OPENSSH)) {
            return false;
        }
        var length = key[OPENSSH.length + 3]; // of the cipher's name
        return !new String(key, OPENSSH.length + 4, Math.clamp(length, 0, 4), ISO_8859_1).equals("none");
    }

    static boolean startsWith(byte[] bytes, byte[] beginning) {
        for (var i = 0; i < beginning.length; i++) {
            if (i >= bytes.length || bytes[i] != beginning[i]) {
                return false;
            }
        }
        return true;
    }
}
