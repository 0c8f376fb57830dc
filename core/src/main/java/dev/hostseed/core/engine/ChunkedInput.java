package dev.hostseed.core.engine;

import dev.hostseed.core.data.BulkInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.ProtocolException;

/// A body in chunks. Rule: RFC 9112, section 7.1; extensions and trailers are passed over.
final class ChunkedInput extends BulkInputStream {
    private static final int LINE_LIMIT = 4096;

    private final ReplyInput from;
    private long left; // of the present chunk
    private boolean first = true;
    private boolean ended;

    ChunkedInput(ReplyInput from) {
        this.from = from;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (left == 0 && !ended) {
            nextChunk();
        }
        if (ended) {
            return -1;
        }
        var count = from.read(to, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new EOFException("the Docker Engine hung up within its reply");
        }
        left -= count;
        return count;
    }

    private void nextChunk() throws IOException {
        from.limit(LINE_LIMIT);
        if (!first && !from.line().isEmpty()) {
            throw new ProtocolException("a chunk of the reply is longer than it says");
        }
        first = false;
        left = sizeOf(from.line());
        if (left == 0) {
            ended = true;
            while (!from.line().isEmpty()) {
                // trailers
            }
        }
    }

    private static long sizeOf(String line) throws ProtocolException {
        var size = 0L;
        var digits = 0;
        while (digits < line.length() && Character.digit(line.charAt(digits), 16) >= 0) {
            size = size << 4 | Character.digit(line.charAt(digits), 16);
            digits++;
        }
        var rest = line.substring(digits).trim();
        if (digits == 0 || digits > 12 || !(rest.isEmpty() || rest.startsWith(";"))) {
            throw new ProtocolException("not the size of a chunk: '" + ErrorText.printable(line) + "'");
        }
        return size;
    }
}
