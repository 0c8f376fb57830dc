package dev.hostseed.core.problem;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// A text that problems are about.
final class Source {
    /// Of a line, in characters: what an ordinary terminal shows of it.
    static final int WINDOW = 100;

    /// Characters before the place that a cut line still shows.
    private static final int BEFORE = 40;

    private final List<String> lines;
    private final boolean environment;
    final Marks marks = new Marks();
    private int shownNumber;
    private int[] shown = {};

    /// @param environment whether it is a file of variables, whose values nobody needs to see
    Source(List<String> lines, boolean environment) {
        this.lines = lines;
        this.environment = environment;
    }

    Source ofEnvironment() {
        return new Source(lines, true);
    }

    Excerpt excerpt(Position at) {
        if (at.line() > lines.size() || lines.get(at.line() - 1).isBlank()) {
            return Excerpt.NONE;
        }
        var excerpt = new ArrayList<Excerpt.Line>();
        var opener = marks.isEmpty() ? 0 : Indentation.opener(lines, at.line());
        if (opener > 0) {
            excerpt.add(line(opener, 1));
        }
        excerpt.add(line(at.line(), at.column()));
        return new Excerpt(excerpt, end(at));
    }

    boolean isSecret(Position at) {
        return marks.isSecret(at);
    }

    private int end(Position at) {
        var points = masked(at.line());
        var marked = marks.end(at, points.length + 1);
        var end = marked > at.column() ? marked : Extent.end(points, Math.min(at.column() - 1, points.length)) + 1;
        return Math.max(end, at.column() + 1);
    }

    private Excerpt.Line line(int number, int column) {
        var points = masked(number);
        var from = points.length <= WINDOW || column <= WINDOW - BEFORE / 2
                ? 0
                : Math.min(column - 1 - BEFORE, points.length - WINDOW);
        var window = Arrays.copyOfRange(points, from, Math.min(points.length, from + WINDOW));
        if (from > 0) {
            window[0] = '…';
        }
        if (from + WINDOW < points.length) {
            window[WINDOW - 1] = '…';
        }
        return new Excerpt.Line(number, from + 1, new String(window, 0, window.length));
    }

    /// The characters of a line. Kept for the next problem, since a file can be one long line.
    private int[] masked(int number) {
        if (number != shownNumber) {
            var line = lines.get(number - 1).stripTrailing();
            var points = line.codePoints().toArray();
            marks.mask(number, points);
            var open = environment ? valueStart(line) : marks.isComplete() ? line.length() : Secrecy.valueStart(line);
            Arrays.fill(points, line.codePointCount(0, open), points.length, '*');
            shown = points;
            shownNumber = number;
        }
        return shown;
    }

    /// After the name of a variable.
    private static int valueStart(String line) {
        var i = 0;
        while (i < line.length() && "=:".indexOf(line.charAt(i)) < 0) {
            i++;
        }
        return Math.min(i + 1, line.length());
    }
}
