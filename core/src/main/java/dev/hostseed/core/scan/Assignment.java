package dev.hostseed.core.scan;

import java.util.ArrayList;
import java.util.List;

/// A word `NAME=value` of a command line, as the history of an image has it: `|1 TOKEN=… /bin/sh -c …`.
///
/// @param value without quotes around it
/// @param start of the value in the line
/// @param end the place after it
record Assignment(String name, String value, int start, int end) {
    private static final Alphabet NAME = Alphabet.of("A-Za-z0-9_.-");

    /// The assignments in `line`, from the left.
    static List<Assignment> all(String line) {
        var all = new ArrayList<Assignment>();
        for (var equals = line.indexOf('='); equals >= 0; equals = line.indexOf('=', equals + 1)) {
            var name = equals;
            while (name > 0 && line.charAt(name - 1) < 0x80 && NAME.has(line.charAt(name - 1)) && equals - name < 64) {
                name--;
            }
            if (name < equals) {
                all.add(at(line, name, equals));
            }
        }
        return all;
    }

    private static Assignment at(String line, int name, int equals) {
        var quote = equals + 1 < line.length() ? line.charAt(equals + 1) : ' ';
        var isQuoted = quote == '"' || quote == '\'';
        var start = isQuoted ? equals + 2 : equals + 1;
        var end = start;
        while (end < line.length()
                && (isQuoted ? line.charAt(end) != quote : " \t\n;&|\"'".indexOf(line.charAt(end)) < 0)) {
            end++;
        }
        return new Assignment(line.substring(name, equals), line.substring(start, end), start, end);
    }
}
