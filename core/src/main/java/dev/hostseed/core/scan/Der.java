package dev.hostseed.core.scan;

/// The outermost of what a file in DER consists of.
///
/// Rule: ITU-T X.690, section 8.1.
final class Der {
    private static final int SEQUENCE = 0x30;

    private Der() {}

    /// Where the content of the sequence at `at` begins, or -1 if there is none that fits into `file`.
    static int content(byte[] file, int at) {
        if (at + 2 > file.length || file[at] != SEQUENCE) {
            return -1;
        }
        var first = file[at + 1] & 0xff;
        if (first < 0x80) {
            return at + 2 + first <= file.length ? at + 2 : -1;
        }
        var count = first & 0x7f;
        if (count < 1 || count > 3 || at + 2 + count > file.length) {
            return -1;
        }
        var length = 0;
        for (var i = 0; i < count; i++) {
            length = length << 8 | file[at + 2 + i] & 0xff;
        }
        return at + 2 + count + length <= file.length ? at + 2 + count : -1;
    }

    static boolean has(byte[] file, int at, byte[] bytes) {
        if (at + bytes.length > file.length) {
            return false;
        }
        for (var i = 0; i < bytes.length; i++) {
            if (file[at + i] != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
