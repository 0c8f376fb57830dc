package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// Whether a text is likely to be a secret, or to stand for one.
final class Guess {
    private static final List<String> STAND_INS = List.of(
            "example",
            "xxxxx",
            "00000000",
            "12345678",
            "abcdefgh",
            "aaaaaaaa",
            "changeme",
            "change_me",
            "change-me",
            "placeholder",
            "redacted",
            "your_",
            "your-",
            "yourpass",
            "<",
            "...",
            "****",
            "${",
            "{{",
            "$(",
            "%(");

    private static final String[][] BY_FIRST = IntStream.range(0, 128)
            .mapToObj(c ->
                    STAND_INS.stream().filter(standIn -> standIn.charAt(0) == c).toArray(String[]::new))
            .toArray(String[][]::new);

    private static final double[] WEIGHTS =
            IntStream.range(0, 512).mapToDouble(Guess::weight).toArray();

    private Guess() {}

    /// Bits for each byte of `text`, by how often each value is in it.
    ///
    /// Rule: C. Shannon, "A Mathematical Theory of Communication", 1948.
    static double entropy(byte[] text, int start, int end) {
        var counts = new int[256];
        for (var i = start; i < end; i++) {
            counts[text[i] & 0xff]++;
        }
        var sum = 0.0;
        for (var i = start; i < end; i++) {
            var value = text[i] & 0xff;
            var count = counts[value];
            sum += count < WEIGHTS.length ? WEIGHTS[count] : weight(count);
            counts[value] = 0; // each once
        }
        var length = end - start;
        return length <= 0 ? 0 : (weight(length) - sum) / length;
    }

    /// How much of the bits of a text a value that is so often in it takes away.
    private static double weight(int count) {
        return count == 0 ? 0 : count * Math.log(count) / Math.log(2);
    }

    static double entropy(String text) {
        var bytes = text.getBytes(ISO_8859_1);
        return entropy(bytes, 0, bytes.length);
    }

    /// Whether something is put here later: a variable, a template.
    static boolean isReference(String text) {
        return text.startsWith("$")
                || text.contains("${")
                || text.contains("{{")
                || text.startsWith("<")
                || text.startsWith("%(");
    }

    /// Whether `text` only shows where a secret would stand.
    static boolean isStandIn(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        for (var i = 0; i < lower.length(); i++) {
            var c = lower.charAt(i);
            if (c < BY_FIRST.length && isAnyAt(lower, i, BY_FIRST[c])) {
                return true;
            }
        }
        return false;
    }

    private static boolean isAnyAt(String lower, int at, String[] standIns) {
        for (var standIn : standIns) {
            if (lower.startsWith(standIn, at)) {
                return true;
            }
        }
        return false;
    }
}
