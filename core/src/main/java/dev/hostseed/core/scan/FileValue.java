package dev.hostseed.core.scan;

import dev.hostseed.core.problem.Secrecy;
import java.util.Optional;

/// Where in a file with a fixed purpose the secret stands.
///
/// @param start in bytes
/// @param end the place after its last byte
record FileValue(int start, int end) {
    /// Instead of a text: whatever a variable holds whose name speaks of a secret.
    static final String VARIABLE = "=";

    private static final Alphabet BETWEEN = Alphabet.of(" \t:='\"");
    private static final Alphabet NAME = Alphabet.of("A-Za-z0-9_.-");
    private static final int SHORTEST = 3;
    private static final int MOST_TRIES = 1000;

    /// The first value after `needle` that is none and stands for none.
    static Optional<FileValue> after(Window window, String needle) {
        var at = window.find(needle, window.from, window.end);
        for (var i = 0; at >= 0 && i < MOST_TRIES; i++) {
            var value = value(window, at + needle.length());
            if (isSecret(window, needle, at, value)) {
                return Optional.of(value);
            }
            at = window.find(needle, at + 1, window.end);
        }
        return Optional.empty();
    }

    private static FileValue value(Window window, int from) {
        var start = from;
        while (BETWEEN.has(window.at(start))) {
            start++;
        }
        var end = start;
        while (end < window.end && " \t\r\n\"',;<>".indexOf(window.at(end)) < 0) {
            end++;
        }
        return new FileValue(start, end);
    }

    private static boolean isSecret(Window window, String needle, int at, FileValue value) {
        var text = window.text(value.start, value.end);
        var isPlain = text.length() >= SHORTEST && !text.equals("null") && !Guess.isReference(text);
        return isPlain
                && switch (needle) {
                    case VARIABLE -> text.length() >= 6 && Secrecy.isSecret(nameBefore(window, at), text);
                    case "://" -> text.contains("@") && text.contains(":");
                    default -> true;
                };
    }

    private static String nameBefore(Window window, int equals) {
        var start = equals;
        while (start > equals - 64 && NAME.has(window.at(start - 1))) {
            start--;
        }
        return window.text(start, equals);
    }
}
