package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Finds many texts in one walk that passes over most bytes: each text is known by three bytes of it that are rare
/// together, and by the last two of the next three bytes it is known how far none of these can end. Linear in the worst
/// case, with a constant for how many texts share two bytes.
///
/// Rule: S. Wu and U. Manber, "A Fast Algorithm for Multi-Pattern Searching", 1994, with blocks of two bytes.
final class Keywords {
    private static final int LENGTH = 3; // of an anchor
    private static final Entry[] NONE = {};

    private final byte[] shift = new byte[1 << 16];
    private final Entry[][][] entries = new Entry[1 << 16][][]; // by the last two bytes of the anchor, and the first

    /// @param anchor three bytes of the text
    /// @param offset where in the text they stand
    /// @param place of the keyword among its finder's
    private record Entry(byte[] text, Keyword.Probe[] probes, int anchor, int offset, int finder, int place) {
        static Entry of(Keyword keyword, int finder, int place) {
            var text = new String(keyword.text(), ISO_8859_1);
            var best = 0;
            for (var i = 1; i + LENGTH <= text.length(); i++) {
                best = cost(text, i) < cost(text, best) ? i : best;
            }
            return new Entry(
                    keyword.text(),
                    keyword.probes().toArray(Keyword.Probe[]::new),
                    Keywords.anchor(text.charAt(best), text.charAt(best + 1), text.charAt(best + 2)),
                    best,
                    finder,
                    place);
        }

        /// Whether the keyword stands at `at`, and around it what it asks for.
        boolean isAt(Window window, int at) {
            if (at < window.from || at + text.length > window.end) {
                return false;
            }
            for (var i = text.length - 1; i >= 0; i--) { // from the end, since many begin alike
                if (window.bytes[at + i] != text[i]) {
                    return false;
                }
            }
            for (var probe : probes) {
                if (!probe.holds(window, at)) {
                    return false;
                }
            }
            return true;
        }

        /// How often a walk stops because of an anchor: the last two bytes make it stop, the first two slow it down.
        private static int cost(String text, int at) {
            return 3 * Commonness.of(text.charAt(at + 1), text.charAt(at + 2))
                    + Commonness.of(text.charAt(at), text.charAt(at + 1));
        }
    }

    /// @param keywords of each finder
    Keywords(List<List<Keyword>> keywords) {
        Arrays.fill(shift, (byte) (LENGTH - 1));
        for (var finder = 0; finder < keywords.size(); finder++) {
            var own = keywords.get(finder);
            for (var place = 0; place < own.size(); place++) {
                add(Entry.of(own.get(place), finder, place));
            }
        }
    }

    private void add(Entry entry) {
        var first = entry.anchor >> 8;
        var last = entry.anchor & 0xffff;
        shift[first] = (byte) Math.min(shift[first], 1);
        shift[last] = 0;
        if (entries[last] == null) {
            entries[last] = new Entry[1 << 8][];
            Arrays.fill(entries[last], NONE);
        }
        var same = new ArrayList<>(List.of(entries[last][first >> 8]));
        same.add(entry);
        entries[last][first >> 8] = same.toArray(Entry[]::new);
    }

    private static int anchor(int first, int second, int third) {
        return (first & 0xff) << 16 | (second & 0xff) << 8 | third & 0xff;
    }

    interface Visitor {
        /// @param keyword its place among the finder's
        /// @param at where it starts
        void visit(int finder, int keyword, int at);
    }

    /// Shows each keyword whose anchor starts between `start` and `limit`; it may itself start before or end behind.
    void search(Window window, int start, int limit, Visitor visitor) {
        var bytes = window.bytes;
        var last = Math.min(limit + LENGTH - 1, window.end);
        var end = start + LENGTH - 1; // of what may be an anchor
        while (end < last) {
            var block = (bytes[end - 1] & 0xff) << 8 | bytes[end] & 0xff;
            var step = shift[block];
            if (step == 0) {
                visit(entries[block][bytes[end - 2] & 0xff], window, end - LENGTH + 1, visitor);
                step = 1;
            }
            end += step;
        }
    }

    private static void visit(Entry[] entries, Window window, int at, Visitor visitor) {
        for (var entry : entries) {
            if (entry.isAt(window, at - entry.offset)) {
                visitor.visit(entry.finder, entry.place, at - entry.offset);
            }
        }
    }
}
