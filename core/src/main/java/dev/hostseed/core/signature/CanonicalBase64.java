package dev.hostseed.core.signature;

import java.util.Base64;

/// Base64 in the one form that encoders write: no white space, all padding, no stray bits. Other forms of the
/// same bytes are refused, so that a signature has one text.
///
/// Rule: RFC 4648, sections 3.5 and 4.
final class CanonicalBase64 {
    private CanonicalBase64() {}

    static byte[] decode(String text) throws BadSignatureException {
        try {
            var bytes = Base64.getDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException notBase64) {
            // said below
        }
        throw new BadSignatureException("damaged: not base64, or not as a program writes it");
    }

    static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
