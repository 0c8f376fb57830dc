package dev.hostseed.core.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Ends after so many bytes, whatever comes then. Closing leaves the stream below open.
final class LimitedInputStream extends FilterInputStream {
    private long rest;

    LimitedInputStream(InputStream in, long limit) {
        super(in);
        this.rest = limit;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (rest == 0) {
            return -1;
        }
        var read = in.read(to, offset, (int) Math.min(length, rest));
        rest -= Math.max(0, read);
        return read;
    }

    @Override
    public void close() {}
}
