package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Optional;

/// Private keys in the textual form of RFC 7468 and its forerunners, also amid JSON or source text, where line breaks
/// are written out.
final class PrivateKeyFinder implements Finder {
    static final SecretRule RULE = new SecretRule(
            "private-key",
            Severity.HIGH,
            "a private key",
            "`-----BEGIN … PRIVATE KEY-----` and a key; medium if it is encrypted, low if it is a known sample");
    static final SecretRule SERVICE_ACCOUNT = new SecretRule(
            "gcp-service-account",
            Severity.HIGH,
            "the key of a service account of Google Cloud",
            "a private key near `service_account`");

    private static final String BEGIN = "BEGIN ";
    private static final String DASHES = "-----";
    private static final Alphabet LABEL = Alphabet.of("A-Z0-9 ");
    private static final int MOST_LABEL = 48;
    private static final String ACCOUNT = "\"service_account\"";

    @Override
    public List<Keyword> keywords() {
        return List.of(Keyword.of(BEGIN, new Keyword.Probe(-1, Alphabet.of("-"))));
    }

    @Override
    public List<SecretRule> rules() {
        return List.of(RULE, SERVICE_ACCOUNT);
    }

    @Override
    public Optional<Hit> find(Window window, int at, int keyword) {
        var label = at + BEGIN.length();
        var labelEnd = label;
        while (labelEnd < label + MOST_LABEL && LABEL.has(window.at(labelEnd))) {
            labelEnd++;
        }
        if (!window.has(labelEnd, DASHES) || !window.has(at - DASHES.length(), DASHES)) {
            return Optional.empty();
        }
        var name = window.text(label, labelEnd);
        if (!name.contains("PRIVATE KEY")) {
            return Optional.empty();
        }
        var armor = KeyArmor.read(window, labelEnd + DASHES.length());
        var severity = KeyKind.severity(name, armor);
        return severity.map(grave -> hit(window, at, armor, grave));
    }

    /// Whether `text` stands around a key, but not beyond its neighbours.
    private static boolean isNear(Window window, String text, int start, int end) {
        var next = window.find(DASHES + "BEGIN", end, end + Window.BEHIND);
        if (window.find(text, end, next < 0 ? end + Window.BEHIND : next) >= 0) {
            return true;
        }
        var before = window.findLast(DASHES + "END", start - Window.BEHIND, start);
        return window.find(text, before < 0 ? start - Window.BEHIND : before, start) >= 0;
    }

    private static Hit hit(Window window, int at, KeyArmor armor, Severity severity) {
        var value = armor.body().getBytes(ISO_8859_1);
        var isAccount = isNear(window, ACCOUNT, at, armor.end());
        return new Hit(
                isAccount ? SERVICE_ACCOUNT : RULE,
                severity,
                at - 5,
                armor.end(),
                value,
                KeyKind.isKey(armor.decoded()));
    }
}
