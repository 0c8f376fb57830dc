package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Base64;

/// What stands between the two lines of dashes around a key.
///
/// @param body its base 64, without what is between the lines and without padding
/// @param isEncrypted whether a header says so
/// @param isWhole whether the closing line, or the end of the text, was reached
/// @param end the place after it
record KeyArmor(String body, boolean isEncrypted, boolean isWhole, int end) {
    private static final Alphabet BASE64 = Alphabet.of("A-Za-z0-9+/");
    private static final Alphabet BETWEEN = Alphabet.of(" \t\r\n\"'+*,|>#;=");
    private static final int MOST_HEADER = 200;

    /// Reads on from the end of the opening line of dashes. Stops at the next dashes, or at what belongs to no key.
    static KeyArmor read(Window window, int start) {
        var body = new StringBuilder();
        var encrypted = false;
        var limit = Math.min(window.end, start + Window.AHEAD - 256);
        var at = start;
        while (at < limit) {
            var b = window.at(at);
            if (isJoint(window, at)) {
                at++;
            } else if (BASE64.has(b)) {
                var end = endOfWord(window, at, limit);
                var header = headerEnd(window, at, end);
                if (header > 0) {
                    encrypted |= window.find("ENCRYPTED", end, header) >= 0;
                } else {
                    for (var i = at; i < end; i++) {
                        body.append((char) window.at(i));
                    }
                }
                at = header > 0 ? header : end;
            } else if (b == '\\') {
                at += escape(window, at);
            } else if (BETWEEN.has(b)) {
                at++;
            } else {
                return new KeyArmor(body.toString(), encrypted, window.has(at, "-----END "), at);
            }
        }
        return new KeyArmor(body.toString(), encrypted, at == window.end, at);
    }

    /// A sign that joins two texts of a program.
    private static boolean isJoint(Window window, int at) {
        return (window.at(at) == '+' || window.at(at) == '.')
                && " \t\n\"'".indexOf(window.at(at - 1)) >= 0
                && " \t\r\n".indexOf(window.at(at + 1)) >= 0;
    }

    private static int endOfWord(Window window, int at, int limit) {
        var end = at;
        while (end < limit && BASE64.has(window.at(end))) {
            end++;
        }
        return end;
    }

    /// Where the line `Name: value` ends that begins at `at`, or -1 if none does.
    private static int headerEnd(Window window, int at, int wordEnd) {
        var colon = wordEnd;
        while (colon < at + 32 && (window.at(colon) == '-' || BASE64.has(window.at(colon)))) {
            colon++;
        }
        if (window.at(colon) != ':' || window.at(colon + 1) != ' ') {
            return -1;
        }
        var end = colon;
        while (end < colon + MOST_HEADER && window.at(end) != '\n' && window.at(end) != 0 && !window.isEscape(end)) {
            end++;
        }
        return end;
    }

    /// How long the escape sequence is.
    private static int escape(Window window, int at) {
        var length = 1;
        while (window.at(at + length) == '\\') {
            length++;
        }
        return window.isEscape(at + length - 1) ? length + 1 : length;
    }

    /// The bytes of [#body]; none if it is no base 64.
    byte[] decoded() {
        var usable = body.length() % 4 == 1 ? body.substring(0, body.length() - 1) : body;
        try {
            return Base64.getDecoder().decode(usable.getBytes(ISO_8859_1));
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}
