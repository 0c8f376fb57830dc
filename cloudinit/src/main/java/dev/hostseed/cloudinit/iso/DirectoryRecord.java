package dev.hostseed.cloudinit.iso;

/// One entry of a directory.
///
/// Rule: ECMA-119, 9.1.
final class DirectoryRecord {
    static final int DIRECTORY = 1 << 1;
    static final int GOES_ON = 1 << 7;

    /// A size has 32 bits, and another extent begins on a sector.
    static final long LARGEST_EXTENT = 0x1_0000_0000L - Sectors.SIZE;

    private static final int LARGEST = 254;
    private static final int HEAD = 33;

    private DirectoryRecord() {}

    /// How many bytes of system use fit beside `identifier`.
    static int roomFor(byte[] identifier) {
        return LARGEST - head(identifier);
    }

    static byte[] of(byte[] identifier, long sector, long size, int flags, byte[] systemUse) {
        var length = head(identifier) + systemUse.length + systemUse.length % 2;
        return new Sectors()
                .octet(length)
                .octet(0)
                .both32(sector)
                .both32(size)
                .octets(IsoTime.recorded())
                .octet(flags)
                .octet(0)
                .octet(0)
                .both16(1)
                .octet(identifier.length)
                .octets(identifier)
                .zeros(1 - identifier.length % 2)
                .octets(systemUse)
                .zeros(systemUse.length % 2)
                .toArray();
    }

    private static int head(byte[] identifier) {
        return HEAD + identifier.length + 1 - identifier.length % 2;
    }
}
