package dev.hostseed.core.scan;

/// What a file is, by its first bytes.
enum FileKind {
    TEXT,
    GZIP,
    ZIP,
    TAR,
    /// Text in two bytes a character: for what is looked for, one of them is 0.
    WIDE_TEXT,
    BINARY;

    /// Of a file's beginning, what it is known by.
    static final int ENOUGH = 1024;

    static FileKind of(Window window) {
        var at = window.from;
        if (window.at(at) == 0x1f && window.at(at + 1) == (byte) 0x8b && window.at(at + 2) == 8) {
            return GZIP;
        }
        if (window.at(at) == 'P' && window.at(at + 1) == 'K' && window.at(at + 2) == 3 && window.at(at + 3) == 4) {
            return ZIP;
        }
        if (window.has(at + 257, "ustar")) {
            return TAR;
        }
        var isMarked = window.at(at) == (byte) 0xff && window.at(at + 1) == (byte) 0xfe
                || window.at(at) == (byte) 0xfe && window.at(at + 1) == (byte) 0xff;
        return isMarked ? WIDE_TEXT : hasZero(window) ? BINARY : TEXT;
    }

    private static boolean hasZero(Window window) {
        for (var i = window.from; i < Math.min(window.end, window.from + ENOUGH); i++) {
            if (window.bytes[i] == 0) {
                return true;
            }
        }
        return false;
    }
}
