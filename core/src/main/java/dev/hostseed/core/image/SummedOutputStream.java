package dev.hostseed.core.image;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Sums up what is written through it. Closing leaves the stream below open.
final class SummedOutputStream extends FilterOutputStream {
    private final Sum sum;

    SummedOutputStream(OutputStream out, Sum sum) {
        super(out);
        this.sum = sum;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        sum.add(from, offset, length);
    }

    @Override
    public void close() throws IOException {
        flush();
    }
}
