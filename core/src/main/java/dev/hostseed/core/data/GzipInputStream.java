package dev.hostseed.core.data;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/// What is in a gzip file of any number of members. The JDK's own reader calls itself for each member that is empty, so
/// that a file of many overflows the stack.
///
/// Rule: RFC 1952. What follows the last member and is none is passed over, as gzip does.
public final class GzipInputStream extends BulkInputStream {
    /// Those who join files or mark their end leave a few.
    private static final int MOST_EMPTY = 1000;

    private static final int HAS_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;

    private final InputStream in;
    private final byte[] buffer;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 sum = new CRC32();
    private int at; // in the buffer, of what was not read yet
    private int end;
    private int empty;
    private boolean isDone;

    /// Reads the header of the first member.
    ///
    /// @param in is closed with this; more may have been read of it than was needed
    /// @param size of the buffer in bytes
    /// @throws ZipException if there is none
    public GzipInputStream(InputStream in, int size) throws IOException {
        this.in = in;
        this.buffer = new byte[size];
        if (!readHeader()) {
            inflater.end();
            throw new ZipException("not in gzip format");
        }
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        try {
            while (!isDone && length > 0) {
                var n = inflater.inflate(to, offset, length);
                if (n > 0) {
                    sum.update(to, offset, n);
                    return n;
                }
                if (inflater.finished()) {
                    finishMember();
                } else if (inflater.needsDictionary()) {
                    throw new ZipException("a preset dictionary in gzip");
                } else {
                    need();
                    inflater.setInput(buffer, at, end - at);
                    at = end;
                }
            }
            return length == 0 ? 0 : -1;
        } catch (DataFormatException damaged) {
            throw new ZipException(damaged.getMessage());
        }
    }

    private void finishMember() throws IOException {
        at = end - inflater.getRemaining();
        if (little(4) != sum.getValue() || little(4) != (inflater.getBytesWritten() & 0xffff_ffffL)) {
            throw new ZipException("a wrong checksum in gzip");
        }
        if (inflater.getBytesWritten() == 0 && ++empty > MOST_EMPTY) {
            throw new ZipException("more than " + MOST_EMPTY + " empty members in gzip");
        }
        sum.reset();
        inflater.reset();
        isDone = !readHeader();
    }

    /// @return whether another member follows
    private boolean readHeader() throws IOException {
        if (!has() || one() != 0x1f || !has() || one() != 0x8b || !has() || one() != 8) {
            return false;
        }
        var flags = one();
        skip(6); // time, kind of compression, system
        if ((flags & HAS_EXTRA) != 0) {
            skip((int) little(2));
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_CRC) != 0) {
            skip(2);
        }
        inflater.setInput(buffer, at, end - at);
        at = end;
        return true;
    }

    private long little(int bytes) throws IOException {
        var value = 0L;
        for (var i = 0; i < bytes; i++) {
            value |= (long) one() << 8 * i;
        }
        return value;
    }

    private void skip(int bytes) throws IOException {
        for (var i = 0; i < bytes; i++) {
            one();
        }
    }

    private void skipText() throws IOException {
        while (one() != 0) {
            continue;
        }
    }

    private int one() throws IOException {
        need();
        return buffer[at++] & 0xff;
    }

    private void need() throws IOException {
        if (!has()) {
            throw new EOFException("gzip is cut off");
        }
    }

    private boolean has() throws IOException {
        if (at == end) {
            var n = in.read(buffer, 0, buffer.length);
            at = 0;
            end = Math.max(0, n);
        }
        return at < end;
    }

    @Override
    public void close() throws IOException {
        isDone = true;
        inflater.end();
        in.close();
    }
}
