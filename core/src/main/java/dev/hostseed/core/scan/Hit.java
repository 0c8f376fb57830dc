package dev.hostseed.core.scan;

import java.util.Arrays;

/// A secret in a text.
///
/// @param severity the rule's, unless what was found is known to be less
/// @param start where the value stands, in bytes from the beginning of the window
/// @param end the place after its last byte
/// @param value what must be kept: the same secret written in another way has the same
/// @param isSure whether it is a secret wherever it stands, and no guess
record Hit(SecretRule rule, Severity severity, int start, int end, byte[] value, boolean isSure) {
    static Hit of(SecretRule rule, Window window, int start, int end) {
        return of(rule, rule.severity(), window, start, end);
    }

    static Hit of(SecretRule rule, Severity severity, Window window, int start, int end) {
        return new Hit(rule, severity, start, end, Arrays.copyOfRange(window.bytes, start, end), true);
    }

    Hit as(Severity known) {
        return new Hit(rule, known, start, end, value, isSure);
    }

    Hit guessed() {
        return new Hit(rule, severity, start, end, value, false);
    }

    /// What has no value.
    static Hit of(SecretRule rule) {
        return new Hit(rule, rule.severity(), 0, 0, new byte[0], true);
    }
}
