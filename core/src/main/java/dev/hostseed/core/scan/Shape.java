package dev.hostseed.core.scan;

import java.util.ArrayList;
import java.util.List;

/// How a secret with a fixed part is written, as a small regular expression: `ghp_[A-Za-z0-9]{36}`. Only characters
/// that stand for themselves and classes with a count are known, and a class may stand before the first fixed part.
/// Each class takes as many characters as it may and gives none back, so that matching is linear, whatever the text.
final class Shape {
    /// @param text empty if it is a class
    record Part(String text, Alphabet alphabet, int least, int most) {
        boolean isText() {
            return !text.isEmpty();
        }

        /// Whether it is a class of which so many characters follow each other, and no more.
        boolean isExact() {
            return least == most;
        }
    }

    private static final Alphabet ESCAPES = Alphabet.of("nrt="); // the end of an escape, and what is a beginning

    private final String written;
    private final List<Part> parts;
    private final int fixed; // the first part that is text
    private final Part[] rest; // behind that; all of a shape without one
    private final Part next; // what a secret must not begin amid

    private Shape(String written, List<Part> parts) {
        this.written = written;
        this.parts = List.copyOf(parts);
        this.fixed = parts.size() == 1 || parts.getFirst().isText() ? 0 : 1;
        var behind = this.parts.get(fixed).isText() ? fixed + 1 : fixed;
        this.rest = this.parts.subList(behind, parts.size()).toArray(Part[]::new);
        this.next = this.parts.get(Math.min(parts.size() - 1, fixed == 0 ? 1 : 0));
    }

    /// @throws IllegalArgumentException if `written` is no such expression
    static Shape of(String written) {
        var parts = new ArrayList<Part>();
        var text = new StringBuilder();
        for (var i = 0; i < written.length(); i++) {
            if (written.charAt(i) != '[') {
                text.append(written.charAt(i));
                continue;
            }
            addText(parts, text);
            var close = written.indexOf("]{", i);
            var end = written.indexOf('}', i);
            if (close < 0 || end < close) {
                throw new IllegalArgumentException("not a shape: " + written);
            }
            var counts = written.substring(close + 2, end).split(",");
            var least = Integer.parseInt(counts[0]);
            var most = counts.length == 1 ? least : Integer.parseInt(counts[1]);
            parts.add(new Part("", Alphabet.of(written.substring(i + 1, close)), least, most));
            i = end;
        }
        addText(parts, text);
        return new Shape(written, parts);
    }

    private static void addText(List<Part> parts, StringBuilder text) {
        if (!text.isEmpty()) {
            parts.add(new Part(text.toString(), Alphabet.WORD, 0, 0));
            text.setLength(0);
        }
    }

    List<Part> parts() {
        return parts;
    }

    /// By what an occurrence is found: its first text, with what must be around it where that can be told by single
    /// bytes.
    Keyword keyword() {
        var text = parts.get(fixed).text();
        var probes = fixed == 0
                ? new ArrayList<>(List.of(new Keyword.Probe(-1, beginnings())))
                : probesBefore(parts.getFirst());
        addProbesBehind(text.length(), probes);
        return Keyword.of(text, probes.toArray(Keyword.Probe[]::new));
    }

    private static List<Keyword.Probe> probesBefore(Part part) {
        var probes = new ArrayList<Keyword.Probe>();
        probes.add(new Keyword.Probe(-1, part.alphabet()));
        probes.add(new Keyword.Probe(-part.least(), part.alphabet()));
        if (part.isExact()) {
            probes.add(new Keyword.Probe(-part.least() - 1, part.alphabet().others()));
        }
        return probes;
    }

    /// As far as it is known where each part is.
    private void addProbesBehind(int keywordEnd, List<Keyword.Probe> probes) {
        var at = keywordEnd;
        for (var part : rest) {
            var last = at + (part.isText() ? part.text().length() : part.least()) - 1;
            probes.add(new Keyword.Probe(
                    at, part.isText() ? Alphabet.of(part.text().substring(0, 1)) : part.alphabet()));
            if (!part.isText()) {
                probes.add(new Keyword.Probe(last, part.alphabet()));
            }
            if (!part.isText() && !part.isExact()) {
                return;
            }
            at = last + 1;
        }
        if (rest.length > 0 && !parts.getLast().isText()) {
            probes.add(new Keyword.Probe(at, parts.getLast().alphabet().others()));
        }
    }

    /// What may stand before a secret, for all that one byte tells.
    private Alphabet beginnings() {
        var amid = next.isText() ? Alphabet.WORD : Alphabet.WORD.and(next.alphabet());
        return amid.others().and(ESCAPES);
    }

    /// The place behind the keyword that stands at `at`.
    int afterKeyword(int at) {
        return at + parts.get(fixed).text().length();
    }

    /// The secret whose [#keyword] stands at `at`.
    ///
    /// @return where it starts, or -1 if there is none
    int start(Window window, int at) {
        var start = at;
        if (fixed == 1) {
            var before = parts.getFirst();
            while (start > at - before.most() && before.alphabet().has(window.at(start - 1))) {
                start--;
            }
            if (at - start < before.least() || before.alphabet().has(window.at(start - 1))) {
                return -1;
            }
        }
        return isBegun(window, start) ? start : -1;
    }

    /// Whether a secret may start at `start`: neither amid a word nor amid what it is made of itself. So texts made of
    /// beginnings are walked through once.
    private boolean isBegun(Window window, int start) {
        var before = window.at(start - 1);
        var amid =
                Alphabet.WORD.has(before) || !next.isText() && next.alphabet().has(before) && before != '=';
        return !amid || window.isEscape(start - 2);
    }

    /// Where the secret ends whose [#keyword] stands at `at`, or -1 if there is none.
    int end(Window window, int at) {
        var end = afterKeyword(at);
        for (var part : rest) {
            var after = part.isText() ? afterText(window, end, part) : afterRun(window, end, part);
            if (after < 0) {
                return -1;
            }
            end = after;
        }
        var last = parts.getLast();
        var goesOn = !last.isText() && last.alphabet().has(window.at(end));
        return goesOn ? -1 : end;
    }

    private static int afterText(Window window, int at, Part part) {
        return window.has(at, part.text()) ? at + part.text().length() : -1;
    }

    private static int afterRun(Window window, int at, Part part) {
        var end = at;
        while (end < at + part.most() && part.alphabet().has(window.at(end))) {
            end++;
        }
        return end - at < part.least() ? -1 : end;
    }

    @Override
    public String toString() {
        return written;
    }
}
