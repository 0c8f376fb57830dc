package dev.hostseed.core.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A request body on its way. A thread of its own sends it, because the Engine may answer before it has read all, and
/// may stop reading until its answer is heard.
final class Upload extends Thread {
    private final Connection connection;
    private final byte[] head;
    private final Engine.Body body;
    private final boolean chunked;

    private volatile @Nullable IOException broken;
    private volatile @Nullable Exception bodyFailure;

    Upload(Connection connection, byte[] head, Engine.Body body, boolean chunked) {
        super("upload");
        this.connection = connection;
        this.head = head;
        this.body = body;
        this.chunked = chunked;
        setDaemon(true);
    }

    @Override
    public void run() {
        var out = new Framed();
        try {
            out.send(head, 0, head.length);
            body.writeTo(out);
            out.finish();
        } catch (IOException | RuntimeException failure) {
            if (failure != broken) { // the body's own: no reply to an incomplete request is worth waiting for
                bodyFailure = failure;
                hangUp();
            }
        }
    }

    /// What to throw if reading the reply failed with `failure`: what went wrong first.
    IOException causeOf(IOException failure) {
        var own = bodyFailure;
        if (own instanceof RuntimeException bug) {
            throw bug;
        }
        if (own instanceof IOException source) {
            return source;
        }
        var pipe = broken;
        if (pipe != null && pipe != failure) {
            failure.addSuppressed(pipe);
        }
        return failure;
    }

    /// Hangs up, should the Engine have answered before it read all, and waits until the body is no longer read.
    void end() {
        hangUp();
        try {
            join();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void hangUp() {
        try {
            connection.close();
        } catch (IOException alreadyGone) {
            // the reader meets the same end
        }
    }

    /// The body as the head announced it. A chunk and its frame are one write, for each write wakes the Engine.
    private final class Framed extends OutputStream {
        private static final int BEFORE = 4 + 2; // digits of a chunk's size, and the end of their line
        private static final int AFTER = 2;

        private final byte[] buffer = new byte[64 << 10];
        private int used = BEFORE;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            for (var at = 0; at < length; ) {
                var piece = Math.min(length - at, buffer.length - AFTER - used);
                System.arraycopy(bytes, offset + at, buffer, used, piece);
                at += piece;
                used += piece;
                if (used == buffer.length - AFTER) {
                    flushBuffer();
                }
            }
        }

        void finish() throws IOException {
            if (used > BEFORE) {
                flushBuffer();
            }
            if (chunked) {
                var end = "0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
                send(end, 0, end.length);
            }
        }

        private void flushBuffer() throws IOException {
            if (chunked) {
                frame(used - BEFORE);
                send(buffer, 0, used + AFTER);
            } else {
                send(buffer, BEFORE, used - BEFORE);
            }
            used = BEFORE;
        }

        /// Rule: RFC 9112, 7.1; zeros may come first.
        private void frame(int size) {
            for (var digit = 0; digit < 4; digit++) {
                buffer[digit] = (byte) Character.forDigit(size >> 12 - 4 * digit & 0xf, 16);
            }
            buffer[BEFORE - 2] = '\r';
            buffer[BEFORE - 1] = '\n';
            buffer[used] = '\r';
            buffer[used + 1] = '\n';
        }

        private void send(byte[] bytes, int offset, int length) throws IOException {
            try {
                connection.write(bytes, offset, length);
            } catch (IOException failure) {
                broken = failure;
                throw failure;
            }
        }
    }
}
