package dev.hostseed.core.problem;

import java.util.Arrays;
import java.util.BitSet;

/// Where the values of one text start and end, and which of them are secret.
///
/// Lines and columns count from 1; an end is the column after the last character.
public final class Marks {
    private static final int FIELDS = 4;

    private int[] fields = new int[64]; // of each: line and column of its start, of its end
    private int size;
    private boolean complete;
    private final BitSet secret = new BitSet();
    private final BitSet secretAfterName = new BitSet();

    /// Without a mark.
    public Marks() {}

    /// A value starts here, after all that were started before. Returns its number.
    public int start(int line, int column) {
        if (fields.length < (size + 1) * FIELDS) {
            fields = Arrays.copyOf(fields, fields.length * 2);
        }
        fields[size * FIELDS] = line;
        fields[size * FIELDS + 1] = column;
        return size++;
    }

    public void end(int mark, int line, int column) {
        fields[mark * FIELDS + 2] = line;
        fields[mark * FIELDS + 3] = column;
    }

    /// The value that starts at `at` is shown to nobody.
    public void conceal(Position at) {
        set(secret, at);
    }

    /// As [#conceal], but for the name before the first `=`.
    public void concealAfterName(Position at) {
        set(secretAfterName, at);
    }

    /// Every value of the text was marked.
    public void complete() {
        complete = true;
    }

    boolean isComplete() {
        return complete;
    }

    private void set(BitSet kind, Position at) {
        var mark = floor(at.line(), at.column());
        if (mark >= 0 && column(mark) == at.column() && line(mark) == at.line()) {
            kind.set(mark);
        }
    }

    /// Whether any value was marked.
    boolean isEmpty() {
        return size == 0;
    }

    /// The column after the value that starts at `at`, `length` if it goes on in the next line, or 0 if none starts.
    int end(Position at, int length) {
        var mark = floor(at.line(), at.column());
        if (mark < 0 || line(mark) != at.line() || column(mark) != at.column() || endLine(mark) == 0) {
            return 0;
        }
        return endLine(mark) > at.line() ? length : endColumn(mark);
    }

    /// Whether `at` is within a secret value.
    boolean isSecret(Position at) {
        var mark = floor(at.line(), at.column());
        return mark >= 0
                && (secret.get(mark) || secretAfterName.get(mark))
                && (at.line() < endLine(mark) || (at.line() == endLine(mark) && at.column() < endColumn(mark)));
    }

    /// Puts `*` for what of `points`, which is line number `line`, is secret.
    void mask(int line, int[] points) {
        secret.stream().filter(mark -> isOn(mark, line)).forEach(mark -> mask(mark, line, points, 0));
        secretAfterName.stream().filter(mark -> isOn(mark, line)).forEach(mark -> {
            var equals = startOn(mark, line);
            while (line(mark) == line && equals < points.length && points[equals] != '=') {
                equals++;
            }
            mask(mark, line, points, line(mark) == line ? equals + 1 : 0);
        });
    }

    private void mask(int mark, int line, int[] points, int from) {
        var end = endLine(mark) > line ? points.length : Math.min(points.length, endColumn(mark) - 1);
        for (var i = Math.max(from, startOn(mark, line)); i < end; i++) {
            points[i] = '*';
        }
    }

    private boolean isOn(int mark, int line) {
        return line(mark) <= line && line <= endLine(mark);
    }

    private int startOn(int mark, int line) {
        return line(mark) == line ? column(mark) - 1 : 0;
    }

    /// The last mark that starts at or before the place; -1 if there is none.
    private int floor(int line, int column) {
        var low = 0;
        var high = size;
        while (low < high) {
            var middle = (low + high) >>> 1;
            var before = line(middle) < line || (line(middle) == line && column(middle) <= column);
            low = before ? middle + 1 : low;
            high = before ? high : middle;
        }
        return low - 1;
    }

    private int line(int mark) {
        return fields[mark * FIELDS];
    }

    private int column(int mark) {
        return fields[mark * FIELDS + 1];
    }

    private int endLine(int mark) {
        return fields[mark * FIELDS + 2];
    }

    private int endColumn(int mark) {
        return fields[mark * FIELDS + 3];
    }
}
