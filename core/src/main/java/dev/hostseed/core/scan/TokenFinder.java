package dev.hostseed.core.scan;

import java.util.List;
import java.util.Optional;

/// Tokens that say by their beginning who gave them.
///
/// @param least entropy of the token without its keyword, in bits a character
record TokenFinder(SecretRule rule, double least, List<Shape> shapes) implements Finder {
    static TokenFinder of(SecretRule rule, double least, String... shapes) {
        return new TokenFinder(
                rule, least, List.of(shapes).stream().map(Shape::of).toList());
    }

    @Override
    public List<String> keywords() {
        return shapes.stream().map(Shape::keyword).distinct().toList();
    }

    @Override
    public List<SecretRule> rules() {
        return List.of(rule);
    }

    @Override
    public Optional<Hit> find(Window window, int at) {
        for (var shape : shapes) {
            var end = window.has(at, shape.keyword()) ? shape.end(window, at) : -1;
            var start = end < 0 ? -1 : shape.start(window, at);
            if (start >= 0 && isLikely(window, start, at + shape.keyword().length(), end)) {
                var hit = Hit.of(rule, window, start, end);
                return Optional.of(rule.severity() == Severity.HIGH ? hit : hit.guessed());
            }
        }
        return Optional.empty();
    }

    private boolean isLikely(Window window, int start, int body, int end) {
        return Guess.entropy(window.bytes, body, end) >= least && !Guess.isStandIn(window.text(start, end));
    }
}
