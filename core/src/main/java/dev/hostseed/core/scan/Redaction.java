package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/// Texts of others that are told, without the secrets in them.
final class Redaction {
    private static final int MOST_PREVIEW = 4;

    private Redaction() {}

    /// `text` with a star for each byte of a secret.
    static String of(String text) {
        var bytes = text.getBytes(UTF_8);
        for (var placed : TextScanner.TEXT.scan(bytes)) {
            Arrays.fill(bytes, placed.hit().start(), placed.hit().end(), (byte) '*');
        }
        return new String(bytes, UTF_8);
    }

    /// What of a value is told: at most four characters, and at most a quarter of it.
    static String preview(byte[] value) {
        var shown = new String(value, 0, Math.min(MOST_PREVIEW, value.length / 4), ISO_8859_1);
        return shown.chars().allMatch(c -> c > ' ' && c < 0x7f) ? shown : "";
    }
}
