package dev.hostseed.core.scan;

import java.util.ArrayList;
import java.util.List;

/// A word `NAME=value` of a command line, as the history of an image has it: `|1 TOKEN=… /bin/sh -c …`. One may stand
/// in the value of another.
///
/// @param equals where the `=` is
/// @param start of the value in the line, without a quote around it
/// @param end the place after it
record Assignment(String line, int equals, int start, int end) {
    private static final Alphabet NAME = Alphabet.of("A-Za-z0-9_.-");
    private static final int MOST_NAME = 64;
    private static final int MOST_VALUE = 1024; // characters; so that values within values cost no more than that

    /// The assignments in `line`, from the left.
    static List<Assignment> all(String line) {
        var all = new ArrayList<Assignment>();
        var blank = new Next(line, " \t\n;&|\"'");
        var single = new Next(line, "'");
        var twofold = new Next(line, "\"");
        for (var equals = line.indexOf('='); equals >= 0; equals = line.indexOf('=', equals + 1)) {
            if (nameStart(line, equals) < equals) {
                var quote = equals + 1 < line.length() ? line.charAt(equals + 1) : ' ';
                var start = quote == '"' || quote == '\'' ? equals + 2 : equals + 1;
                var end = quote == '"' ? twofold.from(start) : quote == '\'' ? single.from(start) : blank.from(start);
                all.add(new Assignment(line, equals, start, end));
            }
        }
        return all;
    }

    private static int nameStart(String line, int equals) {
        var name = equals;
        while (name > 0 && isOfName(line.charAt(name - 1)) && equals - name < MOST_NAME) {
            name--;
        }
        return name;
    }

    private static boolean isOfName(char c) {
        return c < 0x80 && NAME.has(c);
    }

    String name() {
        return line.substring(nameStart(line, equals), equals);
    }

    /// The value, or its beginning if it is long.
    String value() {
        return line.substring(start, Math.min(end, start + MOST_VALUE));
    }

    /// The next of some characters, asked for from places that never go back: one walk for all of them.
    private static final class Next {
        private final String line;
        private final String any;
        private int at;

        Next(String line, String any) {
            this.line = line;
            this.any = any;
        }

        int from(int start) {
            at = Math.max(at, start);
            while (at < line.length() && any.indexOf(line.charAt(at)) < 0) {
                at++;
            }
            return at;
        }
    }
}
