package dev.hostseed.core.engine;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.ProtocolException;

/// The bytes of a reply, with lines among them.
final class ReplyInput extends InputStream {
    private final InputStream from;
    private final byte[] buffer = new byte[8 << 10];
    private int at;
    private int end;
    private int lineBytesLeft;

    ReplyInput(InputStream from) {
        this.from = from;
    }

    /// @param bytes that all lines read from here on may have together
    void limit(int bytes) {
        lineBytesLeft = bytes;
    }

    /// This stream as a body that ends with the connection.
    InputStream unlimited() {
        return this;
    }

    /// The next line, without its end, each byte as one character.
    ///
    /// @throws EOFException if the connection ends within it
    String line() throws IOException {
        var line = new StringBuilder(80);
        while (true) {
            var next = read();
            if (next < 0) {
                throw new EOFException("the Docker Engine hung up within its reply");
            }
            if (--lineBytesLeft < 0) {
                throw new ProtocolException("the head of the reply is too long");
            }
            if (next == '\n') {
                return line.toString();
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
    }

    @Override
    public int read() throws IOException {
        return at == end && !fill() ? -1 : buffer[at++] & 0xff;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (at == end && !fill()) {
            return -1;
        }
        var count = Math.min(length, end - at);
        System.arraycopy(buffer, at, to, offset, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = Math.max(0, from.read(buffer, 0, buffer.length));
        return end > 0;
    }
}
