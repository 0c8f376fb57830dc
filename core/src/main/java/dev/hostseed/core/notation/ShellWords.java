package dev.hostseed.core.notation;

import java.util.ArrayList;
import java.util.List;

/// Splits a command line into words as a shell would, and expands nothing. Rule: Compose's `command` and `entrypoint`.
public final class ShellWords {
    private ShellWords() {}

    /// @throws IllegalArgumentException if a quote is not closed or a backslash stands at the end
    public static List<String> split(String line) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        var inWord = false;
        var quote = ' ';
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '\\' && quote != '\'') {
                if (++i == line.length()) {
                    throw new IllegalArgumentException("a backslash at the end of '" + line + "'");
                }
                var literal = quote == '"' && "\"\\$`\n".indexOf(line.charAt(i)) < 0;
                word.append(literal ? "\\" : "").append(line.charAt(i) == '\n' ? "" : line.substring(i, i + 1));
                inWord = true;
            } else if (quote != ' ') {
                if (c == quote) {
                    quote = ' ';
                } else {
                    word.append(c);
                }
            } else if (c == '\'' || c == '"') {
                quote = c;
                inWord = true;
            } else if (c == ' ' || c == '\t' || c == '\n' || c == '\r') {
                if (inWord) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (quote != ' ') {
            throw new IllegalArgumentException("a " + quote + " without its other in '" + line + "'");
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }
}
