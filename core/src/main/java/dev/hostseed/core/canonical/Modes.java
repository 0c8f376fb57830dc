package dev.hostseed.core.canonical;

import dev.hostseed.core.yaml.Node;
import java.util.Optional;

/// Modes of files: octal digits where they are quoted or start with a zero, as in YAML 1.1, else a number.
public final class Modes {
    private static final int MOST_DIGITS = 7;

    private Modes() {}

    /// Nothing if `node` is no mode.
    public static Optional<Integer> bits(Node node) {
        if (!(node instanceof Node.Scalar(var at, var text, var plain))) {
            return Optional.empty();
        }
        var digits = text.startsWith("0o") ? text.substring(2) : text;
        var octal = !plain || text.startsWith("0");
        if (digits.isEmpty()
                || digits.length() > MOST_DIGITS
                || !digits.chars().allMatch(c -> c >= '0' && c <= (octal ? '7' : '9'))) {
            return Optional.empty();
        }
        return Optional.of(Integer.parseInt(digits, octal ? 8 : 10));
    }
}
