package dev.hostseed.core.problem;

import java.util.List;

/// What the blanks at the start of lines tell of a YAML text.
final class Indentation {
    private Indentation() {}

    /// The number of the line that opens the mapping or the list in which line `number` stands: the nearest one above
    /// that is indented less. 0 if there is none.
    static int opener(List<String> lines, int number) {
        var line = lines.get(number - 1);
        var indentation = of(line);
        var item = isItem(line, indentation);
        for (var i = number - 2; i >= 0 && (indentation > 0 || item); i--) {
            var above = lines.get(i);
            var indented = of(above);
            var opens = indented < indentation || (indented == indentation && item && !isItem(above, indented));
            if (opens && indented < above.length() && above.charAt(indented) != '#') {
                return i + 1;
            }
        }
        return 0;
    }

    private static int of(String line) {
        var i = 0;
        while (i < line.length() && Character.isWhitespace(line.charAt(i))) {
            i++;
        }
        return i;
    }

    private static boolean isItem(String line, int at) {
        return at < line.length()
                && line.charAt(at) == '-'
                && (at + 1 == line.length() || Character.isWhitespace(line.charAt(at + 1)));
    }
}
