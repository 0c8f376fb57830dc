package dev.hostseed.cloudinit.iso;

/// The one time that the image knows, 1980-01-01T00:00:00Z, so that equal files give equal bytes.
final class IsoTime {
    private static final int YEARS_SINCE_1900 = 80;

    private IsoTime() {}

    /// Rule: ECMA-119, 9.1.5.
    static byte[] recorded() {
        return new byte[] {YEARS_SINCE_1900, 1, 1, 0, 0, 0, 0};
    }

    /// Rule: ECMA-119, 8.4.26.1.
    static byte[] ofVolume() {
        return new Sectors().ascii("1980010100000000").octet(0).toArray();
    }

    /// Rule: ECMA-119, 8.4.26.1: not specified.
    static byte[] none() {
        return new Sectors().ascii("0".repeat(16)).octet(0).toArray();
    }
}
