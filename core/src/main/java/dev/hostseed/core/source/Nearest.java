package dev.hostseed.core.source;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/// What an author may have meant.
final class Nearest {
    private Nearest() {}

    /// The one of `known` that takes the fewest edits to become `word`, if a third of its letters are enough.
    static Optional<String> to(String word, Collection<String> known) {
        if (word.length() > 64) {
            return Optional.empty();
        }
        return known.stream()
                .min(Comparator.<String>comparingInt(k -> distance(word, k)).thenComparing(Comparator.naturalOrder()))
                .filter(k -> distance(word, k) <= Math.max(2, k.length() / 3));
    }

    /// "write 'k'", or the known ones.
    static String remedy(String word, Collection<String> known) {
        return to(word, known)
                .map(k -> "did you mean '" + k + "'?")
                .orElseGet(() -> known.size() <= 12
                        ? "write one of "
                                + String.join(", ", known.stream().sorted().toList())
                        : "remove it, or prefix it with x- if it is yours");
    }

    /// Insertions, deletions, replacements and swaps of neighbours (optimal string alignment).
    private static int distance(String a, String b) {
        var rows = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            for (var j = 0; j <= b.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : step(rows, a, b, i, j);
            }
        }
        return rows[a.length()][b.length()];
    }

    private static int step(int[][] rows, String a, String b, int i, int j) {
        var same = a.charAt(i - 1) == b.charAt(j - 1);
        var best = Math.min(Math.min(rows[i - 1][j], rows[i][j - 1]) + 1, rows[i - 1][j - 1] + (same ? 0 : 1));
        var swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, rows[i - 2][j - 2] + 1) : best;
    }
}
