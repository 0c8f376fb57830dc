package dev.hostseed.core.scan;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Passwords in URLs: `scheme://user:password@host`.
///
/// Rule: RFC 3986, section 3.2.1.
final class UrlFinder implements Finder {
    static final SecretRule RULE = new SecretRule(
            "url-password",
            Severity.HIGH,
            "a password in a URL",
            "`scheme://user:password@host`, unless the password or the host stands for another");

    private static final int MOST = 256; // characters of user and password
    private static final Alphabet SCHEME = Alphabet.of("A-Za-z0-9+.-");
    private static final Alphabet PART = Alphabet.of("A-Za-z0-9._~%!&+,;=-");
    private static final Alphabet PASSWORD = Alphabet.of("A-Za-z0-9._~%!&*+,;=?#^:-");
    private static final Alphabet HOST = Alphabet.of("A-Za-z0-9.:[]-");
    private static final Set<String> STAND_INS = Set.of(
            "password",
            "passwd",
            "passphrase",
            "pass",
            "pwd",
            "secret",
            "token",
            "test",
            "foo",
            "bar",
            "baz",
            "user",
            "hunter2",
            "secure",
            "mypass",
            "mypassword",
            "letmein",
            "pw",
            "apikey",
            "api_key",
            "key",
            "x-oauth-basic",
            "x-token-auth");
    private static final List<String> HOSTS = List.of(
            "localhost",
            "127.",
            "[::1]",
            "0.0.0.0",
            "host",
            "server",
            "proxy",
            "domain",
            "test.",
            "foo",
            "bar",
            "some",
            "my",
            "your",
            "a.",
            "1.2.3.4",
            "1.1.1.1",
            "192.0.2.",
            "198.51.100.",
            "203.0.113.",
            "user",
            "fake",
            "dummy");

    @Override
    public List<Keyword> keywords() {
        return List.of(Keyword.of("://", new Keyword.Probe(-1, SCHEME)));
    }

    @Override
    public List<SecretRule> rules() {
        return List.of(RULE);
    }

    @Override
    public Optional<Hit> find(Window window, int at, int keyword) {
        var user = at + 3;
        var colon = end(window, user, PART);
        if (window.at(colon) != ':') {
            return Optional.empty();
        }
        var password = colon + 1;
        var end = end(window, password, PASSWORD);
        if (window.at(end) != '@' || end == password) {
            return Optional.empty();
        }
        if (isStandIn(window.text(user, colon), window.text(password, end))) {
            return Optional.empty();
        }
        var severity = severity(end - password, host(window, end + 1));
        return severity.map(grave -> Hit.of(RULE, grave, window, password, end).guessed());
    }

    private static int end(Window window, int start, Alphabet alphabet) {
        var end = start;
        while (end < start + MOST && alphabet.has(window.at(end))) {
            end++;
        }
        return end;
    }

    private static String host(Window window, int start) {
        return window.text(start, end(window, start, HOST)).toLowerCase(Locale.ROOT);
    }

    private static boolean isStandIn(String user, String password) {
        if (password.length() < 4 || password.equalsIgnoreCase(user)) {
            return true;
        }
        var lower = password.toLowerCase(Locale.ROOT);
        return STAND_INS.contains(lower)
                || lower.contains("password")
                || lower.contains("secret")
                || password.contains("%s")
                || Guess.entropy(password) < 1.5
                || Guess.isStandIn(password);
    }

    private static Optional<Severity> severity(int length, String host) {
        if (host.contains("example")) {
            return Optional.empty();
        }
        return Optional.of(length < 6 || isNowhere(host) ? Severity.MEDIUM : Severity.HIGH);
    }

    private static boolean isNowhere(String host) {
        return host.isEmpty()
                || host.endsWith(".test")
                || host.endsWith(".invalid")
                || HOSTS.stream().anyMatch(host::startsWith);
    }
}
