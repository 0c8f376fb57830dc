package dev.hostseed.core.canonical;

import dev.hostseed.core.yaml.Node;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Truths, as they may be written where nothing else is meant.
///
/// Rule: compose-go, which takes the words of YAML 1.1 too.
public final class Flags {
    private static final Set<String> TRUE = Set.of("true", "y", "yes", "on");
    private static final Set<String> FALSE = Set.of("false", "n", "no", "off");

    private Flags() {}

    /// Nothing if `text` is no truth.
    public static Optional<Boolean> of(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return TRUE.contains(lower) || FALSE.contains(lower) ? Optional.of(TRUE.contains(lower)) : Optional.empty();
    }

    static boolean isTrue(Optional<Node> node) {
        return node.flatMap(Flags::of).orElse(false);
    }

    static boolean isFalse(Optional<Node> node) {
        return !node.flatMap(Flags::of).orElse(true);
    }

    private static Optional<Boolean> of(Node node) {
        return node instanceof Node.Scalar scalar ? of(scalar.text()) : Optional.empty();
    }
}
