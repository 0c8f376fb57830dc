package dev.hostseed.core.problem;

import java.util.List;

/// What a file says where a problem is.
///
/// @param lines the line that opens the mapping or list around the place, unless the place is at the top; then the line
///     of the place. None if the file cannot be shown
/// @param end the column after the last character of what is meant, on the line of the place
public record Excerpt(List<Line> lines, int end) {
    /// Of a file that cannot be shown.
    public static final Excerpt NONE = new Excerpt(List.of(), 1);

    /// @param number from 1
    /// @param from the column of the text's first character: more than 1 where a long line is cut
    /// @param text without the line's end; `…` stands where it is cut, `*` for each character that is secret
    public record Line(int number, int from, String text) {}

    public Excerpt {
        lines = List.copyOf(lines);
    }
}
