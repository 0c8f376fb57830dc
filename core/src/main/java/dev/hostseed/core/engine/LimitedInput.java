package dev.hostseed.core.engine;

import dev.hostseed.core.data.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/// Fails when more comes than anybody should hold in memory.
final class LimitedInput extends BulkInputStream {
    private final InputStream from;
    private final int limit;
    private final boolean lines;
    private int read;

    /// @param limit in bytes
    /// @param lines whether the limit is that of a line, which holds one value of a stream, instead of the whole
    LimitedInput(InputStream from, int limit, boolean lines) {
        this.from = from;
        this.limit = limit;
        this.lines = lines;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        var count = from.read(to, offset, Math.min(length, limit));
        for (var i = 0; i < count; i++) {
            read = lines && to[offset + i] == '\n' ? 0 : read + 1;
            if (read > limit) {
                throw new ProtocolException("the Docker Engine answers with more than " + limit + " bytes");
            }
        }
        return count;
    }
}
