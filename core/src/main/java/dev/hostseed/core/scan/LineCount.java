package dev.hostseed.core.scan;

/// Numbers of the lines in a window. Counts on from the place that was asked for last, so that asking for many places,
/// one behind the other, takes one walk.
final class LineCount {
    private final Window window;
    private int at;
    private int line;

    /// @param line the number of the window's first line
    LineCount(Window window, int line) {
        this.window = window;
        this.at = window.from;
        this.line = line;
    }

    /// The number of the line that the place `index` of the window is in.
    int of(int index) {
        line += index >= at ? TextScanner.lines(window, at, index) : -TextScanner.lines(window, index, at);
        at = index;
        return line;
    }
}
