package dev.hostseed.core.build;

import java.util.ArrayDeque;

/// The end of what a builder says: where it went wrong.
final class LastLines {
    private static final int KEPT = 20;
    private static final int LONGEST = 500;
    private static final int SHORT = 60;

    private final ArrayDeque<String> lines = new ArrayDeque<>();

    synchronized void add(String line) {
        var shown = printable(line);
        if (!shown.isEmpty()) {
            lines.add(shown);
            if (lines.size() > KEPT) {
                lines.remove();
            }
        }
    }

    synchronized void clear() {
        lines.clear();
    }

    /// Each on a line of its own, after a newline.
    @Override
    public synchronized String toString() {
        var text = new StringBuilder();
        lines.forEach(line -> text.append("\n  | ").append(line));
        return text.toString();
    }

    /// `text` on one line, without control characters and the colours of a terminal, and cut if long.
    static String printable(String text) {
        var shown = new StringBuilder();
        var escaped = false;
        for (var c : text.strip().codePoints().limit(LONGEST).toArray()) {
            if (escaped) {
                escaped = !Character.isLetter(c);
            } else if (c == 0x1b) {
                escaped = true;
            } else {
                shown.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        }
        return shown.toString().strip();
    }

    /// The same, for a line that tells how far it is.
    static String shortened(String text) {
        var shown = printable(text);
        return shown.length() <= SHORT ? shown : shown.substring(0, SHORT) + "…";
    }
}
