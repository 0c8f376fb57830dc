package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Random;

/// Secrets made while a test runs: none stands in these sources, where other scanners would find it.
final class Samples {
    private static final String DASHES = "-".repeat(5);

    private Samples() {}

    /// A text that `shape` fits, and nothing shorter.
    static String of(Shape shape, Random random) {
        var text = new StringBuilder();
        for (var part : shape.parts()) {
            text.append(part.isText() ? part.text() : run(part.alphabet(), part.least(), random));
        }
        return text.toString();
    }

    /// The same, a character too short in the last class.
    static String tooShort(Shape shape, Random random) {
        var text = of(shape, random);
        var last = shape.parts().getLast();
        return last.isText() ? text.substring(0, text.length() - 2) : text.substring(0, text.length() - 1);
    }

    static String run(Alphabet alphabet, int length, Random random) {
        var run = new StringBuilder();
        while (run.length() < length) {
            var c = random.nextInt(128);
            if (alphabet.has(c)) {
                run.append((char) c);
            }
        }
        return run.toString();
    }

    static String base64(int length, Random random) {
        return run(Alphabet.of("A-Za-z0-9"), length, random);
    }

    /// An open key of 256 bits, in PKCS 8.
    static String privateKey() {
        return pem("PRIVATE KEY", ecKey());
    }

    static byte[] ecKey() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String pem(String label, byte[] content) {
        var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
        return DASHES + "BEGIN " + label + DASHES + "\n" + lines + "\n" + DASHES + "END " + label + DASHES + "\n";
    }

    /// A key of OpenSSH as far as it is looked at.
    static String openSshKey(String cipher, Random random) {
        var bytes = new byte[200];
        random.nextBytes(bytes);
        var head = "openssh-key-v1\0\0\0\0" + (char) cipher.length() + cipher;
        System.arraycopy(head.getBytes(ISO_8859_1), 0, bytes, 0, head.length());
        return pem("OPENSSH PRIVATE KEY", bytes);
    }

    /// PKCS 12 as far as it is looked at.
    static byte[] pkcs12(String bag) {
        var body = HexFormat.of().parseHex("020103" + "060b2a864886f70d010c0a01" + bag + "00".repeat(40));
        var all = new byte[body.length + 2];
        all[0] = 0x30;
        all[1] = (byte) body.length;
        System.arraycopy(body, 0, all, 2, body.length);
        return all;
    }

    /// A Java key store with one entry.
    static byte[] javaKeyStore(int kind) {
        return HexFormat.of().parseHex("feedfeed" + "00000002" + "00000001" + "%08x".formatted(kind) + "00016100");
    }

    static byte[] gzip(byte[] content) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (var gzip = new java.util.zip.GZIPOutputStream(out)) {
            gzip.write(content);
        }
        return out.toByteArray();
    }

    static byte[] zip(String name, byte[] content) throws IOException {
        var out = new java.io.ByteArrayOutputStream();
        try (var zip = new java.util.zip.ZipOutputStream(out)) {
            zip.putNextEntry(new java.util.zip.ZipEntry(name));
            zip.write(content);
        }
        return out.toByteArray();
    }
}
