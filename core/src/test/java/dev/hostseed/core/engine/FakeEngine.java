package dev.hostseed.core.engine;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// Something that listens where the Engine would, answers `/_ping`, and plays a script for everything else.
final class FakeEngine implements Closeable {
    static final String PONG =
            "HTTP/1.1 200 OK\r\nApi-Version: 1.45\r\nServer: Docker/26\r\nContent-Length: 2\r\n\r\nOK";

    private final Path socket;
    private final ServerSocketChannel server;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private Thread serving = Thread.currentThread();

    private FakeEngine(Path socket, ServerSocketChannel server) {
        this.socket = socket;
        this.server = server;
    }

    /// What to do with a connection whose request head was read.
    @FunctionalInterface
    interface Script {
        void play(SocketChannel connection) throws IOException;
    }

    static FakeEngine start(Path directory, Script script) throws IOException {
        return start(directory, PONG, script);
    }

    static FakeEngine start(Path directory, String pong, Script script) throws IOException {
        var socket = directory.resolve("fake.sock");
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        var fake = new FakeEngine(socket, server);
        fake.serving = Thread.ofPlatform().daemon().start(() -> fake.serve(pong, script));
        return fake;
    }

    /// One that answers every request with `reply`.
    static FakeEngine saying(Path directory, String reply) throws IOException {
        return start(directory, connection -> send(connection, reply));
    }

    static void send(SocketChannel connection, String text) throws IOException {
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.ISO_8859_1));
        while (bytes.hasRemaining()) {
            connection.write(bytes);
        }
    }

    Engine engine() {
        return Engine.at(socket);
    }

    /// The heads of the requests so far.
    List<String> requests() {
        return requests;
    }

    /// Closes the socket, and waits until nobody accepts on it any more.
    @Override
    public void close() throws IOException {
        server.close();
        try {
            serving.join(Duration.ofSeconds(1)); // unless a script is at work
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(String pong, Script script) {
        while (server.isOpen()) {
            try (var connection = server.accept()) {
                var head = head(connection);
                requests.add(head);
                if (head.startsWith("GET /_ping ")) {
                    send(connection, pong);
                } else {
                    script.play(connection);
                }
            } catch (IOException gone) {
                // the next one
            }
        }
    }

    private static String head(SocketChannel connection) throws IOException {
        var head = new StringBuilder();
        var one = ByteBuffer.allocate(1);
        while (head.indexOf("\r\n\r\n") < 0 && connection.read(one.clear()) > 0) {
            head.append((char) one.get(0));
        }
        return head.toString();
    }
}
