package dev.hostseed.core.build;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// One pattern of `.dockerignore`. Read without backtracking: all ways through it are followed at once.
///
/// Rule: moby/patternmatcher, that is Go's `filepath.Match` with `**` for any number of directories.
final class IgnorePattern {
    private final String text;
    private final boolean exception;
    private final List<Part> parts;

    private IgnorePattern(String text, boolean exception, List<Part> parts) {
        this.text = text;
        this.exception = exception;
        this.parts = parts;
    }

    private sealed interface Part {
        /// One character.
        record One(IntPredicate matches) implements Part {}

        /// Any number of characters, `/` among them only if `slashes`.
        record Any(boolean slashes) implements Part {}

        /// Nothing, or anything that ends with `/`.
        record Directories() implements Part {}
    }

    /// @param text clean, without the `!` of an exception
    /// @throws IllegalArgumentException if it is no pattern
    static IgnorePattern of(String text, boolean exception) {
        return new IgnorePattern(text, exception, new Parser(text.codePoints().toArray()).parts());
    }

    String text() {
        return text;
    }

    /// Whether what it matches is kept.
    boolean isException() {
        return exception;
    }

    /// @param path relative, with `/`
    boolean matches(String path) {
        var at = new boolean[parts.size() + 1];
        var within = new boolean[parts.size() + 1];
        at[0] = true;
        settle(at, within);
        for (var c : path.codePoints().toArray()) {
            var next = new boolean[parts.size() + 1];
            for (var i = 0; i < parts.size(); i++) {
                next[i + 1] |= at[i] && parts.get(i) instanceof Part.One(var one) && one.test(c);
                next[i] |= at[i] && parts.get(i) instanceof Part.Any(var slashes) && (slashes || c != '/');
                next[i + 1] |= within[i] && c == '/';
            }
            at = next;
            settle(at, within);
        }
        return at[parts.size()];
    }

    /// Goes on over what may be nothing; who is within directories stays there.
    private void settle(boolean[] at, boolean[] within) {
        for (var i = 0; i < parts.size(); i++) {
            if (at[i] && !(parts.get(i) instanceof Part.One)) {
                within[i] |= parts.get(i) instanceof Part.Directories;
                at[i + 1] = true;
            }
        }
    }

    private static final class Parser {
        private final int[] text;
        private final List<Part> parts = new ArrayList<>();
        private int next;
        private boolean literal = true; // but for `**` at the start

        Parser(int[] text) {
            this.text = text;
        }

        List<Part> parts() {
            while (next < text.length) {
                part(text[next++]);
            }
            if (literal && text.length > 2 && starts("**") && text[2] != '/') {
                parts.set(0, new Part.Any(true)); // `**.md`: what ends so
            }
            return List.copyOf(parts);
        }

        private void part(int c) {
            switch (c) {
                case '*' -> stars();
                case '?' -> add(new Part.One(other -> other != '/'));
                case '[' -> add(new Part.One(set()));
                case '\\' -> {
                    var escaped = take();
                    add(new Part.One(other -> other == escaped));
                }
                default -> parts.add(new Part.One(other -> other == c));
            }
        }

        private void add(Part part) {
            literal = false;
            parts.add(part);
        }

        private void stars() {
            var first = next == 1;
            if (next == text.length || text[next] != '*') {
                add(new Part.Any(false));
                return;
            }
            next++;
            if (next < text.length && text[next] == '/') {
                next++;
            }
            parts.add(next == text.length ? new Part.Any(true) : new Part.Directories());
            literal &= first;
        }

        private IntPredicate set() {
            var negated = next < text.length && text[next] == '^';
            next += negated ? 1 : 0;
            IntPredicate any = c -> false;
            do {
                var low = member();
                var high = low;
                if (next < text.length && text[next] == '-') {
                    next++;
                    high = member();
                }
                var from = low;
                var to = high;
                any = any.or(c -> c >= from && c <= to);
            } while (next < text.length && text[next] != ']');
            take();
            return negated ? any.negate() : any;
        }

        private int member() {
            var c = take();
            if (c == '-' || c == ']') {
                throw broken();
            }
            return c == '\\' ? take() : c;
        }

        private int take() {
            if (next == text.length) {
                throw broken();
            }
            return text[next++];
        }

        private boolean starts(String start) {
            return new String(text, 0, Math.min(text.length, start.length())).equals(start);
        }

        private IllegalArgumentException broken() {
            return new IllegalArgumentException("'" + new String(text, 0, text.length) + "' is not a pattern");
        }
    }
}
