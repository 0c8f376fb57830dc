package dev.hostseed.core.scan;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/// Walks through a text of any length once, in pieces that overlap, so that nothing is lost at their edges. Made once
/// for many texts: it keeps its memory.
final class TextScanner {
    static final TextScanner TEXT = new TextScanner(ContentRules.ALL);
    static final TextScanner SETTINGS = new TextScanner(ContentRules.SETTINGS);

    private static final int STEP = 256 << 10;

    private final Finder[] finders;
    private final Keywords keywords;

    TextScanner(List<Finder> finders) {
        this.finders = finders.toArray(Finder[]::new);
        this.keywords = new Keywords(finders.stream().map(Finder::keywords).toList());
    }

    /// A window for [#scan], to be used again and again.
    static Window window() {
        return new Window(Window.BEHIND + STEP + Window.AHEAD);
    }

    /// Gathers every secret in `text`, whose beginning is in the window already.
    void scan(Window window, InputStream text, FileHits found) throws IOException {
        var piece = new Piece(0, 1, window.from);
        while (true) {
            var isLast = !fill(window, text, window.bytes.length);
            var limit = isLast ? window.end : window.end - Window.AHEAD;
            search(window, piece, limit, found);
            if (isLast) {
                return;
            }
            var first = limit - Window.BEHIND;
            piece = new Piece(piece.base + first, piece.line + lines(window, window.from, first), Window.BEHIND);
            window.move(first);
        }
    }

    /// Gathers every secret in a text that is all in the window.
    void scan(Window window, FileHits found) {
        search(window, new Piece(0, 1, window.from), window.end, found);
    }

    /// Every secret in `text`.
    List<FileHits.Placed> scan(byte[] text) {
        var hits = new FileHits();
        scan(new Window(text), hits);
        return hits.sorted();
    }

    /// @param base where in the text the window begins
    /// @param line the number of the window's first line
    /// @param start in the window, of what was not searched yet
    private record Piece(long base, int line, int start) {}

    private void search(Window window, Piece piece, int limit, FileHits found) {
        var passed = new int[finders.length];
        var lines = new LineCount(window, piece.line);
        keywords.search(window, piece.start, limit, (finder, keyword, at) -> {
            if (at < passed[finder] || found.isEnough(finder)) {
                return;
            }
            var hit = finders[finder].find(window, at, keyword);
            passed[finder] = Math.max(passed[finder], window.passed());
            if (hit.isPresent()) {
                found.add(finder, hit.get(), piece.base, lines);
            }
        });
    }

    /// Reads on until the window holds `wanted` bytes.
    ///
    /// @return whether it does; if not, the text is at its end
    static boolean fill(Window window, InputStream text, int wanted) throws IOException {
        while (window.end < wanted) {
            var n = text.read(window.bytes, window.end, wanted - window.end);
            if (n < 0) {
                return false;
            }
            window.end += n;
        }
        return true;
    }

    static int lines(Window window, int start, int limit) {
        var lines = 0;
        for (var i = start; i < limit; i++) {
            lines += window.bytes[i] == '\n' ? 1 : 0;
        }
        return lines;
    }
}
