package dev.hostseed.core.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// UTF-16 without its zero bytes: what is ASCII in it.
final class WideText extends FilterInputStream {
    WideText(InputStream in) {
        super(in);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        var kept = 0;
        while (kept == 0) {
            var n = in.read(to, offset, length);
            if (n < 0) {
                return -1;
            }
            for (var i = offset; i < offset + n; i++) {
                if (to[i] != 0) {
                    to[offset + kept++] = to[i];
                }
            }
        }
        return kept;
    }
}
