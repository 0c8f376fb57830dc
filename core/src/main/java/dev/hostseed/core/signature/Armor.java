package dev.hostseed.core.signature;

import java.nio.charset.StandardCharsets;

/// Bytes as lines of base64 between `-----BEGIN LABEL-----` and `-----END LABEL-----`: nothing before, nothing
/// after, and all lines but the last of one length.
///
/// Rule: RFC 7468, section 3, "stricttextualmsg"; any width, since ssh-keygen takes 70 columns.
final class Armor {
    private static final int MAX_WIDTH = 128;
    private static final int SSH_WIDTH = 70;

    private Armor() {}

    static boolean isOf(String label, String text) {
        return text.startsWith(begin(label));
    }

    /// @param text ends with a line feed, or a character of it is missing
    static byte[] decode(String label, String text) throws BadSignatureException {
        var end = "\n" + end(label) + "\n";
        if (!text.startsWith(begin(label)) || !text.endsWith(end)) {
            throw new BadSignatureException(
                    "not one block from '" + begin(label).strip() + "' to '" + end(label) + "', and nothing else");
        }
        var from = begin(label).length();
        var to = text.length() - end.length();
        if (from > to) {
            throw new BadSignatureException("damaged: an empty block");
        }
        return CanonicalBase64.decode(joined(text.substring(from, to)));
    }

    private static String joined(String body) throws BadSignatureException {
        var width = body.indexOf('\n') < 0 ? body.length() : body.indexOf('\n');
        var joined = new StringBuilder(body.length());
        for (var at = 0; at < body.length(); at += width + 1) {
            var lineEnd = Math.min(at + width, body.length());
            if (width == 0 || width > MAX_WIDTH || lineEnd < body.length() && body.charAt(lineEnd) != '\n') {
                throw new BadSignatureException("damaged: its lines are not of one length");
            }
            joined.append(body, at, lineEnd);
        }
        return joined.toString(); // a line feed too many is no base64
    }

    /// As ssh-keygen writes it.
    static byte[] encode(String label, byte[] bytes) {
        var text = new StringBuilder(begin(label));
        var base64 = CanonicalBase64.encode(bytes);
        for (var at = 0; at < base64.length(); at += SSH_WIDTH) {
            text.append(base64, at, Math.min(at + SSH_WIDTH, base64.length())).append('\n');
        }
        return text.append(end(label)).append('\n').toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----\n";
    }

    private static String end(String label) {
        return "-----END " + label + "-----";
    }
}
