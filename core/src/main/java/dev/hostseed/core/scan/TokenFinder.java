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
    public List<Keyword> keywords() {
        return shapes.stream().map(Shape::keyword).toList();
    }

    @Override
    public List<SecretRule> rules() {
        return List.of(rule);
    }

    @Override
    public Optional<Hit> find(Window window, int at, int keyword) {
        var shape = shapes.get(keyword);
        // The start first: it is what keeps a text made of keywords from being walked through again and again.
        var start = shape.start(window, at);
        var end = start < 0 ? -1 : shape.end(window, at);
        if (end < 0) {
            return Optional.empty();
        }
        window.pass(end);
        if (!isLikely(window, start, shape.afterKeyword(at), end)) {
            return Optional.empty();
        }
        var hit = Hit.of(rule, window, start, end);
        return Optional.of(rule.severity() == Severity.HIGH ? hit : hit.guessed());
    }

    private boolean isLikely(Window window, int start, int body, int end) {
        return Guess.entropy(window.bytes, body, end) >= least && !Guess.isStandIn(window.text(start, end));
    }
}
