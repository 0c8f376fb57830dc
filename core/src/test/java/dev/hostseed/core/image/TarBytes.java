package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// A tar of plain files, to be changed block by block.
record TarBytes(byte[] tar) {
    static TarBytes of(byte[] tar) {
        return new TarBytes(tar);
    }

    /// The tar with an entry left out.
    byte[] without(String name) {
        return replaced(name, new byte[0]);
    }

    /// The tar with a symbolic link in the place of a file.
    byte[] replacedByLink(String name, String target) {
        return replaced(name, header(name, '2', target));
    }

    /// One header block, its checksum right.
    static byte[] header(String name, char type, String target) {
        var block = new byte[512];
        put(block, 0, name);
        put(block, 100, "0000644\0000000000\0000000000\000");
        put(block, 124, "00000000000\000" + "00000000000\000");
        put(block, 148, "        " + type + target);
        put(block, 257, "ustar\00000");
        return summed(block);
    }

    static byte[] summed(byte[] block) {
        Arrays.fill(block, 148, 156, (byte) ' ');
        var sum = 0;
        for (var b : block) {
            sum += b & 0xff;
        }
        put(block, 148, "%06o\0 ".formatted(sum));
        return block;
    }

    private byte[] replaced(String name, byte[] by) {
        var out = new ByteArrayOutputStream();
        var at = 0;
        while (at < tar.length && tar[at] != 0) {
            var size = Integer.parseInt(new String(tar, at + 124, 11, US_ASCII), 8);
            var length = 512 + (size + 511) / 512 * 512;
            if (new String(tar, at, name.length() + 1, US_ASCII).equals(name + "\0")) {
                out.writeBytes(by);
            } else {
                out.write(tar, at, length);
            }
            at += length;
        }
        out.write(tar, at, tar.length - at);
        return out.toByteArray();
    }

    private static void put(byte[] block, int offset, String text) {
        var bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, block, offset, bytes.length);
    }
}
