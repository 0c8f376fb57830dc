package dev.hostseed.core.problem;

import java.nio.file.Path;

/// A place in a text.
///
/// @param file as the user named it
/// @param line from 1
/// @param column from 1, in characters (code points)
public record Position(Path file, int line, int column) implements Comparable<Position> {
    public Position {
        if (line < 1 || column < 1) {
            throw new IllegalArgumentException("not a position: " + line + ":" + column);
        }
    }

    @Override
    public int compareTo(Position other) {
        var byFile = file.compareTo(other.file);
        var byLine = byFile != 0 ? byFile : Integer.compare(line, other.line);
        return byLine != 0 ? byLine : Integer.compare(column, other.column);
    }

    @Override
    public String toString() {
        return file + ":" + line + ":" + column;
    }
}
