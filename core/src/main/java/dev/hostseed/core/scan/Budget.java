package dev.hostseed.core.scan;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// How much may still be unpacked of the archives in a layer: in proportion to what was read of the layer, so that the
/// time
/// for a layer stays in proportion to its size, whatever is packed into it.
final class Budget {
    private static final long FREE = 64 << 20; // bytes
    private static final int RATIO = 4;

    private final LayerTar layer;
    private long spent;
    private boolean isExceeded;

    Budget(LayerTar layer) {
        this.layer = layer;
    }

    /// What `unpacked` gives, until the budget is spent: then it ends.
    InputStream limit(InputStream unpacked) {
        return new Limited(unpacked);
    }

    /// Whether something was cut off since this was asked last.
    boolean wasExceeded() {
        var was = isExceeded;
        isExceeded = false;
        return was;
    }

    boolean isSpent() {
        return spent > FREE + RATIO * layer.read();
    }

    private final class Limited extends FilterInputStream {
        Limited(InputStream in) {
            super(in);
        }

        /// Whoever reads one file of an archive is not to close the archive.
        @Override
        public void close() {}

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (isSpent()) {
                isExceeded = true;
                return -1;
            }
            var n = in.read(to, offset, length);
            spent += Math.max(0, n);
            return n;
        }
    }
}
