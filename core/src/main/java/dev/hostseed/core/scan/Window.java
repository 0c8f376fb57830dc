package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// A piece of a text, moved over it. Outside of it everything is 0, which is in no text. Tests count what is looked at.
class Window {
    /// What a rule may look at before and behind a keyword.
    static final int BEHIND = 4 << 10;

    static final int AHEAD = 32 << 10;

    final byte[] bytes;
    int from;
    int end;
    private int passed;

    Window(int size) {
        this.bytes = new byte[size];
    }

    /// All of `bytes`.
    Window(byte[] bytes) {
        this.bytes = bytes;
        this.end = bytes.length;
    }

    /// Lets go of what is before `first`; what remains goes to the beginning.
    void move(int first) {
        System.arraycopy(bytes, first, bytes, 0, end - first);
        end -= first;
        from = 0;
    }

    void clear() {
        from = 0;
        end = 0;
    }

    /// Tells that a finder need not look at a keyword before `index`: it knows what is there.
    void pass(int index) {
        passed = index;
    }

    /// What was told since this was asked last, or 0.
    int passed() {
        var told = passed;
        passed = 0;
        return told;
    }

    byte at(int index) {
        return index >= from && index < end ? bytes[index] : 0;
    }

    /// Whether `text`, which is ASCII, stands at `index`.
    boolean has(int index, String text) {
        if (index < from || index + text.length() > end) {
            return false;
        }
        for (var i = 0; i < text.length(); i++) {
            if (bytes[index + i] != text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The first place of `text` in a range, or -1.
    int find(String text, int start, int limit) {
        var last = Math.min(limit, end) - text.length();
        for (var i = Math.max(from, start); i <= last; i++) {
            if (bytes[i] == text.charAt(0) && has(i, text)) {
                return i;
            }
        }
        return -1;
    }

    /// The last place of `text` in a range, or -1.
    int findLast(String text, int start, int limit) {
        var first = Math.max(from, start);
        for (var i = Math.min(limit, end) - text.length(); i >= first; i--) {
            if (bytes[i] == text.charAt(0) && has(i, text)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether a line break or a tab is written out at `index`, as in a JSON text: `\n`.
    boolean isEscape(int index) {
        var letter = at(index + 1);
        return at(index) == '\\' && (letter == 'n' || letter == 'r' || letter == 't');
    }

    String text(int start, int limit) {
        var first = Math.max(from, start);
        return new String(bytes, first, Math.max(0, Math.min(end, limit) - first), ISO_8859_1);
    }
}
