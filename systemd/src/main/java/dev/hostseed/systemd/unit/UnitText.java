package dev.hostseed.systemd.unit;

import dev.hostseed.core.host.TargetPath;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.IntPredicate;

/// Foreign text in the grammars of unit files.
///
/// Rules: systemd.syntax(7), "Quoting"; systemd.unit(5), "Specifiers"; systemd.service(5), "Command lines".
public final class UnitText {
    /// What the kernel takes as one argument, its final NUL not counted (MAX_ARG_STRLEN).
    private static final int LONGEST_WORD = 131071;

    private UnitText() {}

    /// Whether a unit file can carry `text` at all: systemd refuses a file with noncharacters of Unicode as if they
    /// were not UTF-8, unpaired surrogates are none, and NUL ends a string.
    public static boolean carries(String text) {
        return text.codePoints().allMatch(UnitText::isCarried);
    }

    private static boolean isCarried(int c) {
        var surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        var noncharacter = (c & 0xfffe) == 0xfffe || c >= 0xfdd0 && c <= 0xfdef;
        return c != 0 && !surrogate && !noncharacter;
    }

    /// One word of a command. Quotes stop neither specifiers nor variables.
    static String word(String text) {
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_WORD) {
            throw new IllegalArgumentException("an argument longer than the kernel takes: " + text.length());
        }
        return quotedUnlessPlain(text, text.replace("$", "$$"));
    }

    static String assignment(String name, String value) {
        if (!isVariable(name)) {
            throw new IllegalArgumentException("not the name of a variable: '" + name + "'");
        }
        return quotedUnlessPlain(name + "=" + value, name + "=" + value);
    }

    static String line(String text) {
        requireCarried(text);
        requireNone(text, Character::isISOControl);
        if (text.isEmpty() || !text.equals(text.strip()) || text.endsWith("\\")) {
            throw new IllegalArgumentException("cannot take all of a line: '" + text + "'");
        }
        return text.replace("%", "%%");
    }

    /// In quotes a backslash stands before a character that means itself; there are no escapes for others.
    static String path(TargetPath path) {
        requireCarried(path.value());
        requireNone(path.value(), Character::isISOControl);
        var text = path.value().replace("%", "%%");
        return isPlain(path.value()) ? text : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /// @param plain what decides whether quotes are needed
    private static String quotedUnlessPlain(String plain, String text) {
        requireCarried(plain);
        if (isPlain(plain)) {
            return text;
        }
        var quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            switch (c) {
                case '"', '\\' -> quoted.append('\\').appendCodePoint(c);
                case '%' -> quoted.append("%%");
                case '\n' -> quoted.append("\\n");
                case '\t' -> quoted.append("\\t");
                case '\r' -> quoted.append("\\r");
                default -> quoted.append(c < ' ' || c == 0x7f ? "\\x%02x".formatted(c) : Character.toString(c));
            }
        });
        return quoted.append('"').toString();
    }

    /// Whether `text` means itself without quotes, in every grammar and at every place.
    private static boolean isPlain(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> isAsciiAlphanumeric(c) || "/_.,:=@+-".indexOf(c) >= 0);
    }

    private static boolean isVariable(String name) {
        return !name.isEmpty()
                && name.chars().allMatch(c -> isAsciiAlphanumeric(c) || c == '_')
                && !(name.charAt(0) >= '0' && name.charAt(0) <= '9');
    }

    private static boolean isAsciiAlphanumeric(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private static void requireCarried(String text) {
        requireNone(text, c -> !isCarried(c));
    }

    private static void requireNone(String text, IntPredicate unwanted) {
        text.codePoints().filter(unwanted).findFirst().ifPresent(c -> {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "a unit file cannot carry U+%04X here", c));
        });
    }
}
