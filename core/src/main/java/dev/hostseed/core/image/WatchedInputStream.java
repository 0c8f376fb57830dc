package dev.hostseed.core.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Tells how far a file was read.
final class WatchedInputStream extends FilterInputStream {
    private final String what;
    private final long total;
    private final Progress progress;
    private long done;

    WatchedInputStream(InputStream in, String what, long total, Progress progress) {
        super(in);
        this.what = what;
        this.total = total;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        var read = in.read();
        tell(read < 0 ? 0 : 1);
        return read;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        return (int) tell(in.read(to, offset, length));
    }

    @Override
    public long skip(long n) throws IOException {
        return tell(in.skip(n));
    }

    private long tell(long read) {
        done += Math.max(0, read);
        progress.at(what, done, total);
        return read;
    }
}
