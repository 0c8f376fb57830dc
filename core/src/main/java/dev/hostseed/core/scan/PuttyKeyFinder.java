package dev.hostseed.core.scan;

import java.util.List;
import java.util.Optional;

/// Private keys as PuTTY keeps them.
final class PuttyKeyFinder implements Finder {
    private static final String BEGIN = "PuTTY-User-Key-File-";
    private static final int HEAD = 512; // bytes in which the encryption is named
    private static final SecretRule RULE = new SecretRule(
            "putty-key",
            Severity.HIGH,
            "a private key of PuTTY",
            "a text that begins with `PuTTY-User-Key-File-`; medium if it is encrypted");

    @Override
    public List<Keyword> keywords() {
        return List.of(Keyword.of(BEGIN));
    }

    @Override
    public List<SecretRule> rules() {
        return List.of(RULE);
    }

    @Override
    public Optional<Hit> find(Window window, int at, int keyword) {
        var next = window.find(BEGIN, at + 1, at + Window.AHEAD / 2);
        var limit = next < 0 ? at + Window.AHEAD / 2 : next;
        var encryption = window.find("Encryption: ", at, Math.min(limit, at + HEAD));
        var lines = encryption < 0 ? -1 : window.find("Private-Lines: ", encryption, limit);
        if (lines < 0) {
            return Optional.empty();
        }
        var isOpen = window.has(encryption, "Encryption: none");
        var end = Math.min(window.end, lines + HEAD);
        return Optional.of(Hit.of(RULE, isOpen ? Severity.HIGH : Severity.MEDIUM, window, lines, end));
    }
}
