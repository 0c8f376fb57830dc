package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.host.Digest;
import java.io.ByteArrayOutputStream;

/// A layer's tar, made by hand, entry by entry.
final class TestLayer {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    TestLayer file(String name, String content) {
        return file(name, content.getBytes(ISO_8859_1));
    }

    TestLayer file(String name, byte[] content) {
        return entry(name, '0', "", content);
    }

    TestLayer directory(String name) {
        return entry(name + "/", '5', "", new byte[0]);
    }

    TestLayer hardLink(String name, String target) {
        return entry(name, '1', target, new byte[0]);
    }

    TestLayer symbolicLink(String name, String target) {
        return entry(name, '2', target, new byte[0]);
    }

    TestLayer entry(String name, char type, String target, byte[] content) {
        out.writeBytes(header(name, type, target, content.length));
        return raw(content);
    }

    /// Bytes, filled up to whole blocks.
    TestLayer raw(byte[] content) {
        out.writeBytes(content);
        out.writeBytes(new byte[-content.length & 511]);
        return this;
    }

    byte[] tar() {
        var copy = new ByteArrayOutputStream();
        copy.writeBytes(out.toByteArray());
        copy.writeBytes(new byte[1024]);
        return copy.toByteArray();
    }

    Digest digest() {
        return Digest.of(tar());
    }

    static byte[] header(String name, char type, String target, long size) {
        var block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000644\0000000000\0000000000\000");
        put(block, 124, "%011o\000".formatted(size) + "00000000000\000");
        put(block, 148, "        " + type);
        put(block, 157, target);
        put(block, 257, "ustar\00000");
        return summed(block);
    }

    static byte[] summed(byte[] block) {
        put(block, 148, "        ");
        var sum = 0;
        for (var b : block) {
            sum += b & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        return block;
    }

    private static void put(byte[] block, int offset, String text) {
        var bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
