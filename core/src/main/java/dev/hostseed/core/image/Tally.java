package dev.hostseed.core.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What several downloads bring, told as one.
final class Tally {
    private final String what;
    private final long total;
    private final Progress progress;
    private long done;

    /// @param total bytes of all of them
    Tally(String what, long total, Progress progress) {
        this.what = what;
        this.total = total;
        this.progress = progress;
    }

    /// Counts bytes that came.
    synchronized void add(long bytes) {
        done += bytes;
        progress.at(what, done, total);
    }

    /// Counts what is read through it.
    InputStream watch(InputStream in) {
        return new FilterInputStream(in) {
            @Override
            public int read() throws IOException {
                var one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                var count = in.read(to, offset, length);
                if (count > 0) {
                    add(count);
                }
                return count;
            }
        };
    }
}
