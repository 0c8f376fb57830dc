package dev.hostseed.core.problem;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The text of a problem for people:
///
/// ```
/// compose.yaml:14:14: error: 'on-fail' is not a restart policy — write no, always, on-failure[:N] or unless-stopped
///    12 |   web:
///    14 |     restart: on-fail
///       |              ^^^^^^^
/// ```
public final class ProblemText {
    private static final String BOLD = "\033[1m";
    private static final String DIM = "\033[2m";
    private static final String PLAIN = "\033[0m";

    private ProblemText() {}

    /// `problem` on one line, and its excerpt with a caret below it if there is one; ends in a newline. Free of control
    /// characters, whatever was in the file.
    public static String of(Problem problem) {
        return of(problem, false);
    }

    /// As [#of(Problem)], in the colours of a terminal if `coloured`.
    public static String of(Problem problem, boolean coloured) {
        var severity = problem.severity().name().toLowerCase(Locale.ROOT) + ":";
        return painted(BOLD, clean(problem.at() + ":"), coloured)
                + " " + painted(colour(problem), severity, coloured)
                + " " + painted(BOLD, clean(problem.what()), coloured)
                + Stream.of(problem.why(), problem.remedy())
                        .filter(part -> !part.isEmpty())
                        .map(part -> " — " + clean(part))
                        .collect(Collectors.joining())
                + "\n" + excerpt(problem, coloured);
    }

    /// `3 errors, 1 warning`; empty if there is neither.
    public static String summary(List<Problem> problems) {
        return Stream.of(Problem.Severity.ERROR, Problem.Severity.WARNING)
                .map(severity -> counted(severity, problems))
                .filter(count -> !count.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static String counted(Problem.Severity severity, List<Problem> problems) {
        var count = problems.stream().filter(p -> p.severity() == severity).count();
        var noun = severity.name().toLowerCase(Locale.ROOT);
        return count == 0 ? "" : count + " " + noun + (count == 1 ? "" : "s");
    }

    private static String excerpt(Problem problem, boolean coloured) {
        var lines = problem.excerpt().lines();
        if (lines.isEmpty()) {
            return "";
        }
        var text = new StringBuilder();
        for (var line : lines) {
            text.append(gutter(Integer.toString(line.number()), coloured));
            text.append(shown(line.text()).stripTrailing()).append('\n');
        }
        return text + gutter("", coloured) + underline(problem, lines.getLast(), coloured) + "\n";
    }

    private static String gutter(String number, boolean coloured) {
        return painted(DIM, "%5s | ".formatted(number), coloured);
    }

    private static String underline(Problem problem, Excerpt.Line line, boolean coloured) {
        var points = line.text().codePoints().toArray();
        var start = Math.clamp(problem.at().column() - line.from(), 0, points.length);
        var end = Math.clamp(problem.excerpt().end() - line.from(), start, points.length);
        var marked = width(points, start, end);
        return " ".repeat(width(points, 0, start))
                + painted(colour(problem), "^".repeat(Math.max(1, marked)), coloured);
    }

    private static String colour(Problem problem) {
        return switch (problem.severity()) {
            case ERROR -> "\033[1;31m";
            case WARNING -> "\033[1;33m";
            case INFO -> "\033[1;36m";
        };
    }

    private static String painted(String colour, String text, boolean coloured) {
        return coloured ? colour + text + PLAIN : text;
    }

    private static String shown(String text) {
        return text.codePoints().mapToObj(ProblemText::shown).collect(Collectors.joining());
    }

    private static String shown(int point) {
        return point == '\t' ? "    " : isControl(point) ? "" : Character.toString(point);
    }

    /// Columns of a terminal.
    private static int width(int[] points, int from, int to) {
        var width = 0;
        for (var i = from; i < to; i++) {
            width += shown(points[i]).codePoints().map(ProblemText::width).sum();
        }
        return width;
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
