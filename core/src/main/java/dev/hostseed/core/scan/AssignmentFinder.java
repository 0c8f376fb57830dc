package dev.hostseed.core.scan;

import dev.hostseed.core.problem.Secrecy;
import java.util.List;
import java.util.Optional;

/// Values of names that speak of a secret: `db_password = …`. A guess, made in files of settings alone.
final class AssignmentFinder implements Finder {
    static final SecretRule RULE = new SecretRule(
            "password",
            Severity.MEDIUM,
            "what looks like a password",
            "a value of high entropy after a name that speaks of a secret, in a file of settings; not in layers of the base");

    private static final Alphabet NAME = Alphabet.of("A-Za-z0-9_.-");
    private static final Alphabet BETWEEN = Alphabet.of(" \t:='\"");
    private static final Alphabet VALUE = Alphabet.of("!#-&*-~"); // no quotes, brackets, blanks
    private static final Alphabet NO_BEGINNING = Alphabet.of("/$%{@!&|<.*\\-");
    private static final int MOST_BETWEEN = 8;
    private static final int MOST_NAME = 64;
    private static final int MOST_VALUE = 256;
    private static final double LEAST = 3.5;

    private static final List<String> NAMES = List.of(
            "assword",
            "ASSWORD",
            "asswd",
            "ASSWD",
            "assphrase",
            "ASSPHRASE",
            "ecret",
            "ECRET",
            "oken",
            "OKEN",
            "pi_key",
            "PI_KEY",
            "piKey",
            "pikey",
            "pi-key",
            "ccess_key",
            "CCESS_KEY",
            "ccessKey",
            "rivate_key");

    @Override
    public List<Keyword> keywords() {
        return Keyword.all(NAMES, NAME.and(BETWEEN));
    }

    @Override
    public List<SecretRule> rules() {
        return List.of(RULE);
    }

    @Override
    public Optional<Hit> find(Window window, int at, int keyword) {
        var nameEnd = end(window, at, NAME, MOST_NAME);
        var value = end(window, nameEnd, BETWEEN, MOST_BETWEEN);
        window.pass(nameEnd);
        if (!isAssigned(window, nameEnd, value)) {
            return Optional.empty();
        }
        var name = at;
        while (name > at - MOST_NAME && NAME.has(window.at(name - 1))) {
            name--;
        }
        var end = end(window, value, VALUE, MOST_VALUE);
        window.pass(end);
        return isLikely(window, value, end) && Secrecy.isSecret(window.text(name, nameEnd), window.text(value, end))
                ? Optional.of(Hit.of(RULE, window, value, end).guessed())
                : Optional.empty();
    }

    private static boolean isAssigned(Window window, int start, int end) {
        for (var i = start; i < end; i++) {
            if (window.at(i) == '=' || window.at(i) == ':') {
                return true;
            }
        }
        return false;
    }

    private static int end(Window window, int start, Alphabet alphabet, int most) {
        var end = start;
        while (end < start + most && alphabet.has(window.at(end))) {
            end++;
        }
        return end;
    }

    /// What costs little comes first.
    private static boolean isLikely(Window window, int start, int end) {
        return end - start >= 8
                && end - start < MOST_VALUE
                && !NO_BEGINNING.has(window.at(start))
                && isVaried(window, start, end)
                && Guess.entropy(window.bytes, start, end) >= LEAST
                && window.find("://", start, end) < 0
                && !Guess.isStandIn(window.text(start, end));
    }

    /// Whether a digit is in it, and nothing that programs and templates are written with.
    private static boolean isVaried(Window window, int start, int end) {
        var hasDigit = false;
        for (var i = start; i < end; i++) {
            var b = window.at(i);
            if (b == '[' || b == '{' || b == '\\') {
                return false;
            }
            hasDigit |= b >= '0' && b <= '9';
        }
        return hasDigit;
    }
}
