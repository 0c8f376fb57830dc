package dev.hostseed.core.data;

import java.io.IOException;
import java.io.InputStream;

/// An input whose bytes come many at a time: one byte is read as an array of one.
public abstract class BulkInputStream extends InputStream {
    protected BulkInputStream() {}

    @Override
    public final int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public abstract int read(byte[] to, int offset, int length) throws IOException;
}
