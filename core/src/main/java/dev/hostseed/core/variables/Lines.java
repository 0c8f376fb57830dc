package dev.hostseed.core.variables;

import dev.hostseed.core.problem.Position;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;

/// Where the lines of a text start, so that a place in it is found without reading all before it.
final class Lines {
    private final String text;
    private final int[] starts;

    /// @param text with lines that end in `\n`
    Lines(String text) {
        this.text = text;
        this.starts = IntStream.concat(
                        IntStream.of(0),
                        IntStream.range(0, text.length())
                                .filter(i -> text.charAt(i) == '\n')
                                .map(i -> i + 1))
                .toArray();
    }

    Position position(Path file, int offset) {
        var found = Arrays.binarySearch(starts, offset);
        var line = found >= 0 ? found : -found - 2;
        return new Position(file, line + 1, 1 + text.codePointCount(starts[line], offset));
    }
}
