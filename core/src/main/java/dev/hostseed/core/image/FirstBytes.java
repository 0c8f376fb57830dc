package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/// What a file is that should be a bundle and is none, by how it starts: a page of a proxy, mostly, or the wrong file.
final class FirstBytes {
    private static final int ISO_MAGIC_AT = 32769; // ECMA-119, 8.4.2
    private static final int TAR_MAGIC_AT = 257;
    private static final int SHOWN = 16;

    private FirstBytes() {}

    /// In a few words, such as `an HTML page (starts with '<!DOCTYPE html>')`.
    static String describe(Path file) throws IOException {
        var bytes = head(file);
        if (bytes.length == 0) {
            return "an empty file";
        }
        return kind(new String(bytes, ISO_8859_1)) + " (starts with " + shown(bytes) + ")";
    }

    private static byte[] head(Path file) throws IOException {
        try (var channel = Files.newByteChannel(file)) {
            var buffer = ByteBuffer.allocate(ISO_MAGIC_AT + 5);
            while (buffer.hasRemaining() && channel.read(buffer) >= 0) {
                // to the end, or full
            }
            var bytes = new byte[buffer.flip().remaining()];
            buffer.get(bytes);
            return bytes;
        }
    }

    private static String kind(String head) {
        var text = head.substring(0, Math.min(head.length(), 200)).strip().toLowerCase(Locale.ROOT);
        if (text.startsWith("<!doctype html") || text.startsWith("<html")) {
            return "an HTML page";
        }
        if (head.startsWith("\u001f\u008b")) {
            return "a gzip file";
        }
        if (head.startsWith("PK\u0003\u0004")) {
            return "a zip file";
        }
        if (head.startsWith("\u0028\u00b5\u002f\u00fd")) {
            return "a zstd file";
        }
        if (head.startsWith("\u00fd7zXZ")) {
            return "an xz file";
        }
        if (head.startsWith("CD001", ISO_MAGIC_AT)) {
            return "an ISO image";
        }
        return head.startsWith("ustar", TAR_MAGIC_AT) ? "a tar file" : "something else";
    }

    private static String shown(byte[] bytes) {
        var count = Math.min(bytes.length, SHOWN);
        var printable = true;
        for (var i = 0; i < count; i++) {
            printable &= bytes[i] >= 0x20 && bytes[i] < 0x7f || bytes[i] == '\n' || bytes[i] == '\r';
        }
        if (printable) {
            return "'"
                    + new String(bytes, 0, count, ISO_8859_1)
                            .replace('\n', ' ')
                            .replace('\r', ' ')
                            .strip() + "'";
        }
        var hex = new StringBuilder("the bytes");
        for (var i = 0; i < Math.min(count, 8); i++) {
            hex.append(String.format(Locale.ROOT, " %02x", bytes[i]));
        }
        return hex.toString();
    }
}
