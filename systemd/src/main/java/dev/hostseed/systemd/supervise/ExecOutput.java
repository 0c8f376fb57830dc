package dev.hostseed.systemd.supervise;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/// What a command prints, as the Engine streams it, in lines. A line of more than 16 KiB is cut into several.
///
/// Rule: Engine API, `POST /containers/{id}/attach`, "Stream format".
final class ExecOutput implements Closeable {
    private static final int HEAD = 8;
    private static final int STREAMS = 3;
    private static final int LONGEST_LINE = 16 << 10;

    private final InputStream stream;
    private final Reporter reporter;
    private final ByteArrayOutputStream[] lines = new ByteArrayOutputStream[STREAMS];
    private final Thread thread;

    private ExecOutput(InputStream stream, Reporter reporter) {
        this.stream = stream;
        this.reporter = reporter;
        for (var i = 0; i < STREAMS; i++) {
            lines[i] = new ByteArrayOutputStream();
        }
        this.thread = new Thread(this::copy, "output");
        thread.setDaemon(true);
    }

    /// Reports the lines of `stream` as they come, by a thread of its own.
    static ExecOutput report(InputStream stream, Reporter reporter) {
        var output = new ExecOutput(stream, reporter);
        output.thread.start();
        return output;
    }

    /// Waits for its end.
    void await(long millis) {
        try {
            thread.join(millis);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }

    private void copy() {
        try {
            for (var head = stream.readNBytes(HEAD); head.length == HEAD; head = stream.readNBytes(HEAD)) {
                frame(
                        lines[Math.floorMod(head[0], STREAMS)],
                        Integer.toUnsignedLong(ByteBuffer.wrap(head).getInt(4)));
            }
        } catch (IOException closed) {
            // nobody listens any more, or nobody speaks
        }
        for (var line : lines) {
            end(line);
        }
    }

    private void frame(ByteArrayOutputStream line, long length) throws IOException {
        for (var left = length; left > 0; ) {
            var bytes = stream.readNBytes((int) Math.min(left, LONGEST_LINE));
            if (bytes.length == 0) {
                return;
            }
            left -= bytes.length;
            for (var b : bytes) {
                if (b != '\n') {
                    line.write(b);
                }
                if (b == '\n' || line.size() == LONGEST_LINE) {
                    end(line);
                }
            }
        }
    }

    private void end(ByteArrayOutputStream line) {
        var text = line.toString(StandardCharsets.UTF_8).stripTrailing();
        line.reset();
        if (!text.isEmpty()) {
            reporter.report(text);
        }
    }
}
