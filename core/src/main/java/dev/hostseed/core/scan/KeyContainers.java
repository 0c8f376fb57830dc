package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// Files that are no text and hold private keys.
///
/// Rules: RFC 5958, RFC 8017 and RFC 5915 for keys in DER; RFC 7292 for PKCS 12; the layout of Java's own key stores;
/// KDBX of KeePass; RFC 9580 for what GnuPG keeps.
final class KeyContainers {
    static final SecretRule DER = rule(
            "private-key-der", Severity.HIGH, "a private key", "a file in DER with the beginning of a private key");
    static final SecretRule PKCS12 = rule(
            "pkcs12",
            Severity.MEDIUM,
            "a key store with a private key",
            "PKCS 12 that names a key; high if the key is open");
    static final SecretRule JKS = rule(
            "java-key-store",
            Severity.MEDIUM,
            "a Java key store with a private key",
            "JKS or JCEKS with an entry of a key");
    static final SecretRule KEEPASS =
            rule("keepass", Severity.MEDIUM, "a password store of KeePass", "a file that begins as KDB or KDBX does");

    static final List<SecretRule> ALL = List.of(DER, PKCS12, JKS, KEEPASS);

    /// Of the file: more is no key.
    static final int MOST = 1 << 20;

    private static final byte[] KEEPASS_BEGIN = hex("03d9a29a");
    private static final byte[] JKS_BEGIN = hex("feedfeed");
    private static final byte[] JCEKS_BEGIN = hex("cececece");
    private static final byte[] PKCS12_BEGIN = hex("020103"); // version 3
    private static final String KEY_BAG = latin("060b2a864886f70d010c0a0101");
    private static final String SHROUDED_KEY_BAG = latin("060b2a864886f70d010c0a0102");
    private static final List<byte[]> ALGORITHMS = List.of(
            hex("06092a864886f70d010101"), // RSA
            hex("06072a8648ce3d0201"), // elliptic curves
            hex("06072a8648ce380401"), // DSA
            hex("06032b656e"), // X25519
            hex("06032b6570"), // Ed25519
            hex("06032b6571")); // Ed448

    private KeyContainers() {}

    private static SecretRule rule(String id, Severity severity, String what, String where) {
        return new SecretRule(id, severity, what, where);
    }

    /// Whether a look at a file that begins so is worth it.
    static boolean mayBeOne(Window window) {
        var first = window.at(window.from);
        return first == 0x30 || first == 0x03 || first == (byte) 0xfe || first == (byte) 0xce;
    }

    /// What is in `file`, which is all of it.
    static Optional<Hit> find(byte[] file) {
        var rule = KeyKind.startsWith(file, KEEPASS_BEGIN)
                ? Optional.of(KEEPASS)
                : KeyKind.startsWith(file, JKS_BEGIN) || KeyKind.startsWith(file, JCEKS_BEGIN)
                        ? Optional.of(JKS).filter(jks -> JavaKeyStore.holdsKey(file))
                        : Optional.<SecretRule>empty();
        return rule.map(container -> hit(container, container.severity(), file)).or(() -> findDer(file));
    }

    private static Hit hit(SecretRule rule, Severity severity, byte[] file) {
        return new Hit(rule, severity, 0, file.length, file, true);
    }

    private static Optional<Hit> findDer(byte[] file) {
        var content = Der.content(file, 0);
        if (content < 0) {
            return Optional.empty();
        }
        if (Der.has(file, content, PKCS12_BEGIN)) {
            return pkcs12(file);
        }
        return isKey(file, content) ? Optional.of(hit(DER, DER.severity(), file)) : Optional.empty();
    }

    /// A key of its own, with version 0 or 1 before a number, an algorithm or an octet string of it.
    private static boolean isKey(byte[] file, int content) {
        if (file.length < 40 || !Der.has(file, content, hex("0201")) || file[content + 2] > 1) {
            return false;
        }
        var next = content + 3;
        var isRsa = file[content + 2] == 0 && file[next] == 2 && file.length > 250;
        var isEc = file[content + 2] == 1 && file[next] == 4;
        var algorithm = Der.content(file, next);
        return isRsa
                || isEc && file.length < 300
                || algorithm >= 0 && ALGORITHMS.stream().anyMatch(known -> Der.has(file, algorithm, known));
    }

    private static Optional<Hit> pkcs12(byte[] file) {
        var text = new String(file, ISO_8859_1);
        if (text.contains(KEY_BAG)) {
            return Optional.of(hit(PKCS12, Severity.HIGH, file));
        }
        return text.contains(SHROUDED_KEY_BAG) ? Optional.of(hit(PKCS12, Severity.MEDIUM, file)) : Optional.empty();
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    private static String latin(String digits) {
        return new String(hex(digits), ISO_8859_1);
    }
}
