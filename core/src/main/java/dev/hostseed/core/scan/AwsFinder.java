package dev.hostseed.core.scan;

import java.util.List;
import java.util.Optional;

/// Keys of Amazon Web Services. Their id alone lets nobody in; the secret looks like nothing, but stands near it.
final class AwsFinder implements Finder {
    static final SecretRule SECRET = new SecretRule(
            "aws-secret-key",
            Severity.HIGH,
            "a secret key of Amazon Web Services",
            "40 characters of base 64 after its name, or near an id `AKIA…` or `ASIA…`");
    static final SecretRule ID = new SecretRule(
            "aws-access-key-id",
            Severity.MEDIUM,
            "the id of a key of Amazon Web Services",
            "`AKIA` or `ASIA` and 16 capitals and digits, without the secret near it");

    private static final int NEAR = 400; // bytes
    private static final int SECRET_LENGTH = 40;
    private static final Alphabet SECRET_ALPHABET = Alphabet.of("A-Za-z0-9/+");
    private static final List<Shape> IDS = List.of(Shape.of("AKIA[A-Z0-9]{16}"), Shape.of("ASIA[A-Z0-9]{16}"));

    @Override
    public List<Keyword> keywords() {
        return IDS.stream().map(Shape::keyword).toList();
    }

    @Override
    public List<SecretRule> rules() {
        return List.of(SECRET, ID);
    }

    @Override
    public Optional<Hit> find(Window window, int at, int keyword) {
        var shape = IDS.get(keyword);
        var end = shape.start(window, at) == at ? shape.end(window, at) : -1;
        return end < 0 ? Optional.empty() : Optional.of(judge(window, at, end));
    }

    private static Hit judge(Window window, int at, int end) {
        if (Guess.isStandIn(window.text(at, end)) || Guess.entropy(window.bytes, at, end) < 2.5) {
            return Hit.of(ID, Severity.LOW, window, at, end);
        }
        var after = secret(window, end, end + NEAR);
        var secret = after >= 0 ? after : secret(window, at - NEAR, at);
        return secret >= 0 ? Hit.of(SECRET, window, secret, secret + SECRET_LENGTH) : Hit.of(ID, window, at, end);
    }

    /// The first place in a range where a secret stands, or -1. Of a run that is long enough, one in as many bytes is a
    /// part: the others are not looked at.
    private static int secret(Window window, int first, int limit) {
        var start = Math.max(window.from, first);
        var last = Math.min(window.end, limit);
        var at = start + SECRET_LENGTH - 1;
        while (at < last) {
            if (!SECRET_ALPHABET.has(window.at(at))) {
                at += SECRET_LENGTH;
                continue;
            }
            var begin = at;
            while (begin > start && SECRET_ALPHABET.has(window.at(begin - 1))) {
                begin--;
            }
            var end = at + 1;
            while (end <= last && SECRET_ALPHABET.has(window.at(end))) {
                end++;
            }
            if (end <= last && end - begin == SECRET_LENGTH && isSecret(window, begin, end)) {
                return begin;
            }
            at = end + SECRET_LENGTH;
        }
        return -1;
    }

    static boolean isSecret(Window window, int start, int end) {
        var kinds = 0;
        for (var i = start; i < end; i++) {
            var b = window.bytes[i];
            kinds |= b >= '0' && b <= '9' ? 1 : b >= 'a' && b <= 'z' ? 2 : b >= 'A' && b <= 'Z' ? 4 : 0;
        }
        return kinds == 7 && Guess.entropy(window.bytes, start, end) >= 4;
    }
}
