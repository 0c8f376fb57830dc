package dev.hostseed.core.scan;

import java.util.List;
import java.util.Optional;

/// Secrets that look like any other text, but stand after a name that says what they are: `PrivateKey = …`.
///
/// @param value one class of characters with its count
/// @param least entropy of the value, in bits a character
record NamedFinder(SecretRule rule, double least, Shape value, List<String> names) implements Finder {
    private static final Alphabet BETWEEN = Alphabet.of(" \t:='\">,");
    private static final int MOST_BETWEEN = 16;

    static NamedFinder of(SecretRule rule, double least, String value, String... names) {
        return new NamedFinder(rule, least, Shape.of(value), List.of(names));
    }

    @Override
    public List<Keyword> keywords() {
        return Keyword.all(names, BETWEEN);
    }

    @Override
    public List<SecretRule> rules() {
        return List.of(rule);
    }

    @Override
    public Optional<Hit> find(Window window, int at, int keyword) {
        var nameEnd = at + names.get(keyword).length();
        var start = nameEnd;
        while (start < nameEnd + MOST_BETWEEN && BETWEEN.has(window.at(start))) {
            start++;
        }
        var end = start == nameEnd ? -1 : value.end(window, start);
        return end < 0 || Guess.entropy(window.bytes, start, end) < least || Guess.isStandIn(window.text(start, end))
                ? Optional.empty()
                : Optional.of(Hit.of(rule, window, start, end));
    }
}
