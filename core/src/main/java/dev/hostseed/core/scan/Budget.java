package dev.hostseed.core.scan;

import dev.hostseed.core.data.BulkInputStream;
import java.io.IOException;
import java.io.InputStream;

/// How much may still be unpacked of the archives in a layer: in proportion to what was read of the layer, so that the
/// time for a layer stays in proportion to its size, whatever is packed into it. Files as people pack them shrink to a
/// third or fifth, and are unpacked to their end. An archive that unpacks to far more is made of one thing again and
/// again, and what it gives counts several times.
final class Budget {
    private static final long FREE = 64 << 20; // bytes
    private static final int RATIO = 4;

    /// An archive that grows by more than this is a bomb, or would be one if it were larger.
    private static final int BOMB = 16;

    private static final int BOMB_WEIGHT = 5;

    /// What a file in an archive, or a piece that is read of one, costs at least, in bytes.
    private static final int LEAST = 512;

    private final LayerTar layer;
    private long start; // of the archive, in the layer
    private long spent;
    private boolean isExceeded;

    Budget(LayerTar layer) {
        this.layer = layer;
    }

    /// Tells that the next file of the layer begins.
    void begin() {
        start = layer.read();
    }

    /// What an archive gives, until the budget is spent: then it ends.
    InputStream limit(InputStream unpacked) {
        return new Limited(unpacked);
    }

    /// Counts a file in an archive.
    ///
    /// @return whether there may be another
    boolean takeEntry() {
        spent += LEAST;
        isExceeded |= isSpent();
        return !isSpent();
    }

    /// Whether something was cut off since this was asked last.
    boolean wasExceeded() {
        var was = isExceeded;
        isExceeded = false;
        return was;
    }

    private boolean isSpent() {
        return spent > FREE + RATIO * layer.read();
    }

    private final class Limited extends BulkInputStream {
        private final InputStream in;
        private long given;

        Limited(InputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (isSpent()) {
                isExceeded = true;
                return -1;
            }
            var n = in.read(to, offset, length);
            given += Math.max(0, n);
            var isBomb = given > LEAST + BOMB * (layer.read() - start);
            spent += (isBomb ? BOMB_WEIGHT : 1) * (long) Math.max(LEAST, n);
            return n;
        }

        /// Whoever reads one file of an archive is not to close the archive.
        @Override
        public void close() {}
    }
}
