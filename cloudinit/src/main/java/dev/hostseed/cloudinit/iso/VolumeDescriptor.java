package dev.hostseed.cloudinit.iso;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// What says at sector 16 and after it that this is a volume, and where its trees are.
///
/// @param type 1 for the primary tree, 2 for Joliet
/// @param escape the escape sequence of the tree's character set; blank for ASCII
///
/// Rule: ECMA-119, 8.4 and 8.5.
record VolumeDescriptor(int type, Charset charset, byte[] escape) {
    static final VolumeDescriptor PRIMARY = new VolumeDescriptor(1, StandardCharsets.US_ASCII, new byte[0]);
    static final VolumeDescriptor JOLIET =
            new VolumeDescriptor(2, StandardCharsets.UTF_16BE, "%/E".getBytes(StandardCharsets.US_ASCII));

    private static final String IDENTIFIER = "CD001";
    private static final int VERSION = 1;

    /// @param sectors of the whole volume
    /// @param pathTableSize in bytes
    /// @param pathTables sector of the little-endian path table, sector of the big-endian one
    record Places(long sectors, int pathTableSize, long[] pathTables, byte[] root) {}

    byte[] of(String volumeId, Places places) {
        return new Sectors()
                .octet(type)
                .ascii(IDENTIFIER)
                .octet(VERSION)
                .octet(0)
                .octets(text("", 32))
                .octets(text(volumeId, 32))
                .zeros(8)
                .both32(places.sectors)
                .octets(escape)
                .zeros(32 - escape.length)
                .both16(1)
                .both16(1)
                .both16(Sectors.SIZE)
                .both32(places.pathTableSize)
                .little32(places.pathTables[0])
                .little32(0)
                .big32(places.pathTables[1])
                .big32(0)
                .octets(places.root)
                .octets(text("", 128))
                .octets(text("", 128))
                .octets(text("", 128))
                .octets(text("HOSTSEED", 128))
                .octets(text("", 37))
                .octets(text("", 37))
                .octets(text("", 37))
                .octets(IsoTime.ofVolume())
                .octets(IsoTime.ofVolume())
                .octets(IsoTime.none())
                .octets(IsoTime.none())
                .octet(1)
                .fill()
                .toArray();
    }

    /// The descriptor that ends the list.
    static byte[] terminator() {
        return new Sectors().octet(255).ascii(IDENTIFIER).octet(VERSION).fill().toArray();
    }

    /// `text` and blanks up to `size` bytes; of an odd size the last byte is zero in two-byte characters.
    private byte[] text(String text, int size) {
        var width = charset.equals(StandardCharsets.US_ASCII) ? 1 : 2;
        var padded = text + " ".repeat(size / width - text.length());
        return new Sectors()
                .octets(padded.getBytes(charset))
                .zeros(size % width)
                .toArray();
    }
}
