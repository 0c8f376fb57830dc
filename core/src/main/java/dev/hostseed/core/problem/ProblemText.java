package dev.hostseed.core.problem;

import java.util.Locale;

/// The text of a problem for people:
///
/// ```
/// compose.yaml:14:14: error: 'on-fail' is not a restart policy — write no, always, on-failure[:N] or unless-stopped
///    14 |     restart: on-fail
///       |              ^^^^^^^
/// ```
public final class ProblemText {
    /// No longer excerpt helps anyone.
    private static final int MAXIMUM_EXCERPT = 400;

    private ProblemText() {}

    /// `problem` on one line, and its excerpt with a caret on two more if there is one; ends in a newline. Free of
    /// control characters, whatever was in the file.
    public static String of(Problem problem) {
        var severity = problem.severity().name().toLowerCase(Locale.ROOT);
        var text = new StringBuilder(clean(problem.at() + ": " + severity + ": " + problem.what()));
        for (var part : new String[] {problem.why(), problem.remedy()}) {
            text.append(part.isEmpty() ? "" : " — " + clean(part));
        }
        text.append('\n');
        if (!problem.excerpt().isBlank()) {
            text.append(excerpt(problem));
        }
        return text.toString();
    }

    private static String excerpt(Problem problem) {
        var points = problem.excerpt().codePoints().limit(MAXIMUM_EXCERPT).toArray();
        var start = Math.min(problem.at().column() - 1, points.length);
        var end = end(points, start);
        var line = new StringBuilder();
        var before = 0;
        var marked = 0;
        for (var i = 0; i < points.length; i++) {
            var shown = shown(points[i]);
            line.append(shown);
            before += i < start ? width(shown) : 0;
            marked += i >= start && i < end ? width(shown) : 0;
        }
        return "%4d | %s%n"
                        .formatted(problem.at().line(), line.toString().stripTrailing())
                        .replace("\r\n", "\n") + "     | " + " ".repeat(before) + "^".repeat(Math.max(1, marked))
                + "\n";
    }

    /// Where the word that starts at `start` ends: at its quote or brace, or before a blank, a comma, a bracket or a
    /// colon.
    private static int end(int[] points, int start) {
        if (start < points.length && (points[start] == '"' || points[start] == '\'')) {
            for (var i = start + 1; i < points.length; i++) {
                if (points[i] == points[start]) {
                    return i + 1;
                }
            }
        }
        var end = brace(points, start);
        if (end > start) {
            return end;
        }
        while (end < points.length && !ends(points, end)) {
            end++;
        }
        return end;
    }

    /// After the `}` of a `${` at `start`; `start` itself if there is none.
    private static int brace(int[] points, int start) {
        if (start + 1 >= points.length || points[start] != '$' || points[start + 1] != '{') {
            return start;
        }
        var open = 0;
        for (var i = start + 1; i < points.length; i++) {
            open += points[i] == '{' ? 1 : points[i] == '}' ? -1 : 0;
            if (open == 0) {
                return i + 1;
            }
        }
        return start;
    }

    private static boolean ends(int[] points, int i) {
        var last = i + 1 == points.length || points[i + 1] == ' ';
        return points[i] <= ' ' || ",]}".indexOf(points[i]) >= 0 || (points[i] == ':' && last);
    }

    private static String shown(int point) {
        return point == '\t' ? "    " : isControl(point) ? "" : Character.toString(point);
    }

    /// Columns of a terminal.
    private static int width(String shown) {
        return shown.codePoints().map(ProblemText::width).sum();
    }

    private static int width(int point) {
        var type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        var wide = (point >= 0x1100 && point <= 0x115f)
                || (point >= 0x2e80 && point <= 0xa4cf)
                || (point >= 0xac00 && point <= 0xd7a3)
                || (point >= 0xf900 && point <= 0xfaff)
                || (point >= 0xfe30 && point <= 0xfe6f)
                || (point >= 0xff00 && point <= 0xff60)
                || (point >= 0xffe0 && point <= 0xffe6)
                || (point >= 0x1f300 && point <= 0x1faff)
                || (point >= 0x20000 && point <= 0x3fffd);
        return wide ? 2 : 1;
    }

    private static String clean(String text) {
        var clean = new StringBuilder();
        text.codePoints()
                .forEach(c -> clean.append(c == '\n' || c == '\t' ? " " : isControl(c) ? "" : Character.toString(c)));
        return clean.toString();
    }

    private static boolean isControl(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
            case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
