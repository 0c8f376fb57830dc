package dev.hostseed.core.engine;

import dev.hostseed.core.data.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// A body of a size announced beforehand.
final class SizedInput extends BulkInputStream {
    private final InputStream from;
    private long left;

    SizedInput(InputStream from, long size) {
        this.from = from;
        this.left = size;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        var count = from.read(to, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the Docker Engine hung up " + left + " bytes before the end of its reply");
        }
        left -= count;
        return count;
    }
}
