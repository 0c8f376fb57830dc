package dev.hostseed.core.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Sums up what is read through it.
final class SummedInputStream extends FilterInputStream {
    private final Sum sum;

    SummedInputStream(InputStream in, Sum sum) {
        super(in);
        this.sum = sum;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        var read = in.read(to, offset, length);
        if (read > 0) {
            sum.add(to, offset, read);
        }
        return read;
    }

    @Override
    public long skip(long n) {
        throw new UnsupportedOperationException("what is summed up is read");
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
