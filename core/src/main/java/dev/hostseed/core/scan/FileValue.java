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

    /// A value longer than this, in bytes, is not searched for another one in it: a file is read a few times at most.
    private static final int LONG = 64;

    /// The first value after `needle` that is none and stands for none.
    static Optional<FileValue> after(Window window, String needle) {
        var at = window.find(needle, window.from, window.end);
        while (at >= 0) {
            var value = isNamed(window, needle, at) ? value(window, at + needle.length()) : new FileValue(at, at);
            if (isSecret(needle, window.text(value.start, value.end))) {
                return Optional.of(value);
            }
            at = window.find(needle, value.end - value.start > LONG ? value.end : at + 1, window.end);
        }
        return Optional.empty();
    }

    private static boolean isNamed(Window window, String needle, int at) {
        return !needle.equals(VARIABLE) || Secrecy.isSecret(nameBefore(window, at), needle);
    }

    /// What begins as a reference is not read on, and empty.
    private static FileValue value(Window window, int from) {
        var start = from;
        while (BETWEEN.has(window.at(start))) {
            start++;
        }
        var end = start;
        var isReference = window.at(start) == '$' || window.at(start) == '<';
        while (!isReference && end < window.end && " \t\r\n\"',;<>".indexOf(window.at(end)) < 0) {
            end++;
        }
        return new FileValue(start, end);
    }

    private static boolean isSecret(String needle, String value) {
        var isPlain = value.length() >= SHORTEST && !value.equals("null") && !Guess.isReference(value);
        return isPlain
                && switch (needle) {
                    case VARIABLE -> value.length() >= 6;
                    case "://" -> value.contains("@") && value.contains(":");
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
