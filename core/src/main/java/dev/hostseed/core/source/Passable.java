package dev.hostseed.core.source;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.SourceText;
import java.nio.charset.StandardCharsets;

/// What text can be handed on to the kernel, to systemd and to files in UTF-8.
public final class Passable {
    /// With its NUL, what Linux takes as one argument or one variable of a new program (MAX_ARG_STRLEN).
    private static final int LONGEST_ARGUMENT = 131_072;

    private Passable() {}

    /// Whether a file name or a path can be one line of a list or of a unit.
    static boolean isName(String text) {
        return SourceText.isUnicode(text)
                && text.codePoints().noneMatch(c -> Character.isISOControl(c) || isNoncharacter(c));
    }

    /// Reports a `text` that no program can be given.
    ///
    /// @param what says what it is, such as "an argument"
    static boolean asArgument(String text, String what, Position at, Scope scope) {
        var fits = text.length() < LONGEST_ARGUMENT && text.getBytes(StandardCharsets.UTF_8).length < LONGEST_ARGUMENT;
        if (!fits) {
            scope.report()
                    .as(Code.U09)
                    .error(at, what + " of 128 KiB or more", "Linux starts no program with it", "put it into a file");
        }
        return fits;
    }

    /// Reports what a unit file cannot carry: systemd takes a file with noncharacters for one that is not UTF-8.
    static boolean inUnit(String text, Position at, Scope scope) {
        var carried = text.codePoints().noneMatch(Passable::isNoncharacter);
        if (!carried) {
            scope.report()
                    .as(Code.U08)
                    .error(at, "a text with a noncharacter of Unicode", "systemd refuses its unit", "remove it");
        }
        return carried;
    }

    private static boolean isNoncharacter(int c) {
        return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    }
}
