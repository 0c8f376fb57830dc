package dev.hostseed.core.scan;

import java.io.IOException;
import java.io.InputStream;

/// Reads blocks out of a stream by way of a buffer; large pieces go past it.
final class BlockInput {
    private final InputStream in;
    private final byte[] buffer = new byte[64 << 10];
    private int at;
    private int end;
    private long taken; // from `in`

    BlockInput(InputStream in) {
        this.in = in;
    }

    /// How many bytes were handed out.
    long read() {
        return taken - (end - at);
    }

    /// Fills `block`.
    ///
    /// @return whether there was anything
    /// @throws MalformedLayerException if there was, but less
    boolean readBlock(byte[] block) throws IOException {
        var have = 0;
        while (have < block.length) {
            var n = read(block, have, block.length - have);
            if (n < 0) {
                if (have == 0) {
                    return false;
                }
                throw new MalformedLayerException("the tar is cut off");
            }
            have += n;
        }
        return true;
    }

    /// As [InputStream#read(byte[], int, int)].
    int read(byte[] to, int offset, int length) throws IOException {
        if (at == end && length >= buffer.length) {
            var n = in.read(to, offset, length);
            taken += Math.max(0, n);
            return n;
        }
        if (at == end && !fill()) {
            return -1;
        }
        var n = Math.min(length, end - at);
        System.arraycopy(buffer, at, to, offset, n);
        at += n;
        return n;
    }

    /// @return whether there were so many bytes
    boolean skip(long count) throws IOException {
        var rest = count;
        while (rest > 0) {
            if (at == end && !fill()) {
                return false;
            }
            var n = (int) Math.min(rest, end - at);
            at += n;
            rest -= n;
        }
        return true;
    }

    private boolean fill() throws IOException {
        var n = in.read(buffer, 0, buffer.length);
        at = 0;
        end = Math.max(0, n);
        taken += end;
        return n > 0;
    }
}
