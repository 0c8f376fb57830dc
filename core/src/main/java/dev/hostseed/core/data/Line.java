package dev.hostseed.core.data;

/// Text from outside, as it may stand in a message.
public final class Line {
    private Line() {}

    /// `text` on one line, without control and format characters, and cut behind `limit` characters.
    public static String of(String text, int limit) {
        var line = new StringBuilder(Math.min(text.length(), limit));
        for (var i = 0; i < text.length() && line.length() < limit; i++) {
            var c = text.charAt(i);
            if (c == '\n' || c == '\t') {
                line.append(' ');
            } else if (!Character.isISOControl(c) && Character.getType(c) != Character.FORMAT) {
                line.append(c);
            }
        }
        return line.toString().strip();
    }
}
