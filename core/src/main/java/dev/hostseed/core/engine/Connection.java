package dev.hostseed.core.engine;

import dev.hostseed.core.data.BulkInputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// One request and its reply over a unix socket.
final class Connection implements Closeable {
    /// What a fresh socket takes without blocking, whatever the other side does.
    private static final int UNBLOCKED = 64 << 10;

    private final AFUNIXSocket socket;
    private final InputStream in;
    private final OutputStream out;

    private final Path path;
    private final Patience patience;
    private final long opened = System.nanoTime();

    private volatile long sent; // counts bytes of an upload, so that the reader sees that something moves

    private Connection(Path path, AFUNIXSocket socket, Patience patience) throws IOException {
        this.path = path;
        this.socket = socket;
        this.patience = patience;
        this.in = new PatientInput(socket.getInputStream());
        // By the descriptor: junixsocket's own stream closes the socket when the pipe breaks, and with it the reply.
        this.out = new FileOutputStream(Objects.requireNonNull(socket.getFileDescriptor()));
    }

    /// Finds and loads the native library, which takes longer than a request.
    static void warmUp() {
        try {
            AFUNIXSocket.newInstance().close();
        } catch (IOException | LinkageError again) {
            // whoever opens a connection is told
        }
    }

    /// @throws EngineUnreachableException if nobody listens, or we may not connect
    static Connection open(Path path, Patience patience) throws IOException {
        AFUNIXSocket socket = null;
        try {
            socket = AFUNIXSocket.newInstance();
            socket.connect(AFUNIXSocketAddress.of(path), patience.idleMillis());
            socket.setSoTimeout(patience.idleMillis());
            return new Connection(path, socket, patience);
        } catch (IOException failure) {
            if (socket != null) {
                socket.close();
            }
            throw new EngineUnreachableException(Unreachable.why(path, failure), failure);
        }
    }

    /// Sends a request whose body is JSON, or one without a body if `body` is empty. A pipe that breaks meanwhile is no
    /// fault yet: there may be a reply.
    void send(String method, String target, byte[] body) throws IOException {
        if (body.length > UNBLOCKED) {
            start(new Upload(this, head(method, target, "application/json", body.length), to -> to.write(body), false));
            return;
        }
        var head = head(method, target, "application/json", body.length);
        var request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        out.write(request);
    }

    /// Begins to send a tar of unknown size.
    Upload upload(String target, Engine.Body body) {
        return start(new Upload(this, head("POST", target, "application/x-tar", -1), body, true));
    }

    /// Waits for the reply's head.
    Reply reply() throws IOException {
        return Reply.read(in);
    }

    void write(byte[] bytes, int offset, int length) throws IOException {
        for (var at = 0; at < length; at += UNBLOCKED) { // in pieces, so that progress shows
            var piece = Math.min(UNBLOCKED, length - at);
            out.write(bytes, offset + at, piece);
            sent += piece; // one thread writes
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static Upload start(Upload upload) {
        upload.start();
        return upload;
    }

    /// @param length -1 for chunks
    private static byte[] head(String method, String target, String type, int length) {
        var head = new StringBuilder(200);
        head.append(method).append(' ').append(target).append(" HTTP/1.1\r\nHost: docker\r\nUser-Agent: hostseed\r\n");
        head.append("Connection: close\r\n");
        if (length > 0) {
            head.append("Content-Type: ").append(type).append("\r\nContent-Length: ");
            head.append(length).append("\r\n");
        } else if (length < 0) {
            head.append("Content-Type: ").append(type).append("\r\nTransfer-Encoding: chunked\r\n");
        } else if (method.equals("POST")) {
            head.append("Content-Length: 0\r\n");
        }
        return head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    /// Waits on when the timeout passes while our own bytes still flow the other way, but not for ever.
    private final class PatientInput extends BulkInputStream {
        private final InputStream from;
        private long received;

        PatientInput(InputStream from) {
            this.from = from;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            while (true) {
                var before = sent;
                try {
                    var count = from.read(to, offset, length);
                    received += Math.max(0, count);
                    patience.check(path, System.nanoTime() - opened, sent + received);
                    return count;
                } catch (SocketTimeoutException idle) {
                    if (sent == before) {
                        throw patience.silence(path, idle);
                    }
                    patience.check(path, System.nanoTime() - opened, sent + received);
                }
            }
        }
    }
}
