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
            // The start first: it is what keeps a text made of keywords from being walked through again and again.
            var start = window.has(at, shape.keyword()) ? shape.start(window, at) : -1;
            var end = start < 0 ? -1 : shape.end(window, at);
            if (end >= 0 && isLikely(window, start, at + shape.keyword().length(), end)) {
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
