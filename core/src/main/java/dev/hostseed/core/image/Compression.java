package dev.hostseed.core.image;

import com.github.luben.zstd.ZstdIOException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import dev.hostseed.core.data.GzipInputStream;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.zip.ZipException;

/// Layers and archives, compressed and not.
///
/// Rules: RFC 1952 (gzip), RFC 8878 (zstd).
final class Compression {
    /// In bytes. One size for every write to zstd, so that equal layers give equal blobs however they were read.
    static final int CHUNK = 128 << 10;

    private static final int LEVEL = 3;
    private static final int OUR_WINDOW_LOG = 21; // that of level 3, stated lest another zstd changes it
    private static final int FOREIGN_WINDOW_LOG = 27;

    private Compression() {}

    /// What `in` holds, be it gzip, zstd or neither, as its first bytes say. Memory stays below 128 MiB and a little.
    static InputStream undo(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in, CHUNK);
        buffered.mark(4);
        var magic = buffered.readNBytes(4);
        buffered.reset();
        if (magic.length >= 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b) {
            return new GzipInputStream(buffered, CHUNK);
        }
        if (magic.length == 4
                && magic[0] == 0x28
                && magic[1] == (byte) 0xb5
                && magic[2] == 0x2f
                && magic[3] == (byte) 0xfd) {
            return new ZstdInputStreamNoFinalizer(buffered).setLongMax(FOREIGN_WINDOW_LOG);
        }
        return buffered;
    }

    /// What [#zstd] made.
    static InputStream undoZstd(InputStream in) throws IOException {
        return new ZstdInputStreamNoFinalizer(in).setLongMax(OUR_WINDOW_LOG);
    }

    /// Compresses to `out` what comes in pieces of [#CHUNK] bytes, the last one excepted. The same plain bytes become
    /// the same compressed bytes: one thread, no content size, no checksum, fixed parameters.
    static OutputStream zstd(OutputStream out) throws IOException {
        return new ZstdOutputStreamNoFinalizer(out, LEVEL)
                .setWindowLog(OUR_WINDOW_LOG)
                .setChecksum(false)
                .setWorkers(0);
    }

    /// Whether `failure` says that the bytes are bad, rather than that they could not be read.
    static boolean isDamage(IOException failure) {
        return failure instanceof EOFException || failure instanceof ZipException || failure instanceof ZstdIOException;
    }
}
