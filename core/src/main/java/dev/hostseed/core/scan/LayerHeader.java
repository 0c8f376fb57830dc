package dev.hostseed.core.scan;

import dev.hostseed.core.scan.LayerEntry.Kind;

/// The fields of one header block of a layer's tar.
final class LayerHeader {
    private LayerHeader() {}

    /// @throws MalformedLayerException if the block is no header, by its checksum, signed or not
    static void check(byte[] block) throws MalformedLayerException {
        var unsigned = 0;
        var signed = 0;
        for (var i = 0; i < block.length; i++) {
            var b = i >= 148 && i < 156 ? ' ' : block[i];
            unsigned += b & 0xff;
            signed += b;
        }
        var written = octal(block, 148, 8);
        if (written != unsigned && written != signed) {
            throw new MalformedLayerException("not a tar, or a damaged one");
        }
    }

    static Kind kind(byte[] block) {
        return switch (block[156]) {
            case '1' -> Kind.HARD_LINK;
            case '2' -> Kind.SYMBOLIC_LINK;
            case '3', '4', '6' -> Kind.OTHER;
            case '5', 'D' -> Kind.DIRECTORY;
            default -> Kind.FILE; // POSIX: unknown types are treated as files
        };
    }

    static String name(byte[] block) {
        var name = LayerTar.text(block, 0, 100);
        var isPosix = LayerTar.text(block, 257, 6).equals("ustar") && block[262] == 0;
        var prefix = isPosix ? LayerTar.text(block, 345, 155) : "";
        return prefix.isEmpty() ? name : prefix + "/" + name;
    }

    static String target(byte[] block) {
        return LayerTar.text(block, 157, 100);
    }

    static long size(byte[] block) throws MalformedLayerException {
        return size(block, 124);
    }

    /// What a sparse file of GNU tar is unpacked to, in bytes.
    static long sparseLength(byte[] block) throws MalformedLayerException {
        return size(block, 483);
    }

    /// A size field: octal, or base 256 where GNU tar and Go need it.
    private static long size(byte[] block, int offset) throws MalformedLayerException {
        if (block[offset] >= 0) {
            return octal(block, offset, 12);
        }
        var size = (long) block[offset] & 0x7f;
        for (var i = offset + 1; i < offset + 12; i++) {
            if (size > Long.MAX_VALUE >> 12) {
                throw impossible();
            }
            size = size << 8 | block[i] & 0xff;
        }
        return size;
    }

    static MalformedLayerException impossible() {
        return new MalformedLayerException("a file of impossible size");
    }

    private static long octal(byte[] block, int offset, int length) throws MalformedLayerException {
        var digits = LayerTar.text(block, offset, length).strip();
        var value = 0L;
        for (var i = 0; i < digits.length(); i++) {
            var digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 7) {
                throw new MalformedLayerException("not a tar, or a damaged one");
            }
            value = value << 3 | digit;
        }
        return value;
    }
}
