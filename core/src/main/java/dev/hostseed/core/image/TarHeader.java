package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.image.TarEntry.Kind;

/// One header block of a tar, as far as it matters here.
record TarHeader(String name, Kind kind, long size, String target) {

    /// @throws BadBundleException if the block is no header, by its checksum
    static void check(byte[] block) throws BadBundleException {
        var sum = 0;
        for (var i = 0; i < block.length; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xff;
        }
        if (octal(block, 148, 8) != sum) {
            throw new BadBundleException("not a tar archive, or a damaged one");
        }
    }

    static TarHeader read(byte[] block) throws BadBundleException {
        var kind = switch (block[156]) {
            case '0', 0 -> Kind.FILE;
            case '5' -> Kind.DIRECTORY;
            case '2' -> Kind.SYMBOLIC_LINK;
            default ->
                throw new BadBundleException("the archive holds something that is no file, directory or symbolic link");
        };
        var name = name(block);
        var prefix = text(block, 257, 6).equals("ustar") && block[262] == 0 ? text(block, 345, 155) : "";
        return new TarHeader(prefix.isEmpty() ? name : prefix + "/" + name, kind, size(block), text(block, 157, 100));
    }

    /// The size field: octal, or base 256 where GNU tar and Go need it.
    static long size(byte[] block) throws BadBundleException {
        if (block[124] >= 0) {
            return octal(block, 124, 12);
        }
        if (block[124] != (byte) 0x80) {
            throw new BadBundleException("the archive holds a file of impossible size");
        }
        var size = 0L;
        for (var i = 125; i < 136; i++) {
            if (size > Long.MAX_VALUE >> 12) {
                throw new BadBundleException("the archive holds a file of impossible size");
            }
            size = size << 8 | block[i] & 0xff;
        }
        return size;
    }

    private static long octal(byte[] block, int offset, int length) throws BadBundleException {
        var digits = text(block, offset, length).strip();
        var value = 0L;
        for (var i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                throw new BadBundleException("not a tar archive, or a damaged one");
            }
            value = value << 3 | digit;
        }
        return value;
    }

    /// The name as it stands in the header's own field.
    static String name(byte[] block) {
        return text(block, 0, 100);
    }

    private static String text(byte[] block, int offset, int length) {
        var end = offset;
        while (end < offset + length && block[end] != 0) {
            end++;
        }
        return new String(block, offset, end - offset, UTF_8);
    }
}
