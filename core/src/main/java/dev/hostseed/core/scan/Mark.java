package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.host.Digest;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// The mark by which an allow file knows a finding. It changes with the layer, the path, the rule and the value, and is
/// dear to compute, so that a short password cannot well be guessed from it.
///
/// Rule: RFC 8018, PBKDF2.
final class Mark {
    private static final int ITERATIONS = 2000;
    private static final int BITS = 128;

    private Mark() {}

    /// @param layer by its diff id; anything fixed for what is in no layer
    /// @return 32 hexadecimal digits
    static String of(String layer, String path, SecretRule rule, byte[] value) {
        var salt = Digest.of((layer + "\0" + path + "\0" + rule.id()).getBytes(UTF_8));
        var secret = new String(value, ISO_8859_1).toCharArray();
        try {
            var key = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(
                            secret.length == 0 ? new char[] {0} : secret,
                            salt.value().getBytes(UTF_8),
                            ITERATIONS,
                            BITS));
            return HexFormat.of().formatHex(key.getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible); // JDKs have it since Java 8
        }
    }
}
