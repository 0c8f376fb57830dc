package dev.hostseed.core.scan;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What was found in one file: each secret once, under the rule that knows most of it.
final class FileHits {
    /// More from one finder tell nobody anything.
    private static final int MOST = 50;

    /// A finder that came up with so many, equal ones among them, has said what it has to say.
    private static final int ENOUGH = 1000;

    /// Rules that guess, and give way to one that knows.
    private static final Set<String> GUESSES = Set.of(UrlFinder.RULE.id(), AssignmentFinder.RULE.id());

    private final Map<Integer, Found> founds = new HashMap<>();

    /// What one finder came up with.
    private static final class Found {
        final List<Placed> placed = new ArrayList<>();
        int seen;

        boolean isNew(Hit hit) {
            return placed.stream().noneMatch(other -> isSame(other.hit, hit));
        }
    }

    /// @param start in the file
    record Placed(Hit hit, long start, int line) {
        boolean overlaps(Placed other) {
            return start < other.start + other.size() && other.start < start + size();
        }

        private int size() {
            return hit.end() - hit.start();
        }
    }

    /// @param base where in the file the hit's window begins
    void add(int finder, Hit hit, long base, LineCount lines) {
        var found = founds.computeIfAbsent(finder, ignored -> new Found());
        found.seen++;
        if (found.isNew(hit)) {
            found.placed.add(new Placed(hit, base + hit.start(), lines.of(hit.start())));
        }
    }

    /// Whether no more is to be had from a finder.
    boolean isEnough(int finder) {
        var found = founds.isEmpty() ? null : founds.get(finder);
        return found != null && (found.seen == ENOUGH || found.placed.size() == MOST);
    }

    private static boolean isSame(Hit one, Hit other) {
        return one.rule().id().equals(other.rule().id()) && Arrays.equals(one.value(), other.value());
    }

    List<Placed> sorted() {
        var placed =
                founds.values().stream().flatMap(found -> found.placed.stream()).toList();
        return placed.stream()
                .filter(one ->
                        !isGuess(one) || placed.stream().noneMatch(other -> !isGuess(other) && other.overlaps(one)))
                .sorted(Comparator.comparingLong(Placed::start))
                .toList();
    }

    private static boolean isGuess(Placed one) {
        return GUESSES.contains(one.hit.rule().id());
    }

    /// As [#sorted], with what a file is by its path: the value that it was known to have, unless it was found as what
    /// it is.
    List<Placed> sortedWith(Hit value, int line) {
        var placedValue = new Placed(value, value.start(), line);
        var others = sorted().stream()
                .filter(one -> !isGuess(one) || !one.overlaps(placedValue))
                .toList();
        return others.stream().anyMatch(placedValue::overlaps) ? others : plus(others, placedValue);
    }

    /// As [#sorted], with a file that is secret as a whole: one that should be a key is no graver than the key in it.
    List<Placed> sortedWithin(Hit whole) {
        var inside = sorted();
        var keys = whole.rule().id().endsWith("-key")
                ? inside.stream().filter(one -> isKey(one.hit)).toList()
                : List.<Placed>of();
        var severity = keys.stream().map(key -> key.hit.severity()).min(Comparator.naturalOrder());
        var known = severity.filter(grave -> grave.compareTo(whole.severity()) > 0)
                .map(whole::as)
                .orElse(whole);
        var others = inside.stream().filter(one -> !keys.contains(one)).toList();
        return plus(others, new Placed(known, 0, keys.isEmpty() ? 1 : keys.getFirst().line));
    }

    private static boolean isKey(Hit hit) {
        return hit.rule().id().startsWith("private-key") || hit.rule().id().equals("putty-key");
    }

    private static List<Placed> plus(List<Placed> inside, Placed more) {
        var all = new ArrayList<>(inside);
        all.add(more);
        return all;
    }
}
