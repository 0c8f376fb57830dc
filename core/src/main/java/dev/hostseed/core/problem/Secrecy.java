package dev.hostseed.core.problem;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a name says about its value. It is a guess, and errs on the side of the secret.
public final class Secrecy {
    private static final List<String> PARTS = List.of(
            "password",
            "passwd",
            "passphrase",
            "secret",
            "token",
            "credential",
            "apikey",
            "api_key",
            "api-key",
            "privatekey",
            "private_key",
            "private-key",
            "accesskey",
            "access_key",
            "access-key");

    /// A truth is no password: `lock_passwd: no`.
    private static final Set<String> TRUTHS = Set.of("true", "false", "yes", "no", "on", "off", "null", "~", "");

    /// A quote that holds no more than this quotes a sign, such as `${`.
    private static final int SYNTAX = 3;

    private Secrecy() {}

    /// Whether the `value` of `name` is to be shown to nobody. The name of a file with a secret is none.
    public static boolean isSecret(String name, String value) {
        var lower = name.toLowerCase(Locale.ROOT);
        return PARTS.stream().anyMatch(lower::contains)
                && !lower.endsWith("_file")
                && !TRUTHS.contains(value.toLowerCase(Locale.ROOT));
    }

    /// Whether `text` is a `name=value` of which the value is to be shown to nobody.
    public static boolean isSecretPair(String text) {
        var equals = text.indexOf('=');
        return equals > 0 && isSecret(text.substring(0, equals), text.substring(equals + 1));
    }

    /// Where in `line`, which no parser has read, the value of a secret may start; its length if there is none.
    static int valueStart(String line) {
        var lower = line.toLowerCase(Locale.ROOT);
        var start = line.length();
        for (var part : PARTS) {
            var found = lower.indexOf(part);
            for (var i = found; found >= 0 && i < start; i++) {
                if (line.charAt(i) == '=' || line.charAt(i) == ':') {
                    start = i + 1;
                }
            }
        }
        return start;
    }

    /// `message` without what it quotes, from the first quote to the last: a secret may have quotes itself.
    static Problem.Message unquoted(Problem.Message message) {
        return new Problem.Message(unquoted(message.what()), message.why(), unquoted(message.remedy()));
    }

    private static String unquoted(String text) {
        var first = text.indexOf('\'');
        var last = text.lastIndexOf('\'');
        return first + SYNTAX < last ? text.substring(0, first + 1) + "***" + text.substring(last) : text;
    }
}
