package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/// Writes a tar of plain files: root's, mode 0644, of the epoch; equal files give equal bytes.
final class TarWriter {
    private static final int BLOCK = 512;
    private static final long OCTAL_LIMIT = 1L << 33; // 11 octal digits

    private final OutputStream out;

    TarWriter(OutputStream out) {
        this.out = out;
    }

    void file(String name, byte[] content) throws IOException {
        file(name, content.length, to -> to.write(content));
    }

    /// @param name of at most 100 ASCII characters
    /// @param content writes exactly `size` bytes
    void file(String name, long size, Content content) throws IOException {
        out.write(header(name, size));
        content.writeTo(out);
        out.write(new byte[(int) (-size & (BLOCK - 1))]);
    }

    /// The two empty blocks that end a tar.
    void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private static byte[] header(String name, long size) {
        if (name.length() > 100) {
            throw new IllegalArgumentException("longer than 100 characters: '" + name + "'");
        }
        var block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, "0000644\0000000000\0000000000\000");
        putSize(block, size);
        put(block, 136, "00000000000\0        0");
        put(block, 257, "ustar\00000");
        var sum = 0;
        for (var b : block) {
            sum += b & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        return block;
    }

    private static void putSize(byte[] block, long size) {
        if (size < OCTAL_LIMIT) {
            put(block, 124, "%011o\0".formatted(size));
            return;
        }
        block[124] = (byte) 0x80;
        for (var i = 0; i < 8; i++) {
            block[135 - i] = (byte) (size >>> 8 * i);
        }
    }

    private static void put(byte[] block, int offset, String text) {
        var bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
