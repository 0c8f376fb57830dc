package dev.hostseed.core.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLServerSocket;
import org.jspecify.annotations.Nullable;

/// A server of HTTP on this machine that answers as a test says, byte for byte, one request a connection: so it may
/// also say nothing, too little or too much, or break off.
public final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Script script;
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    private ScriptedServer(ServerSocket socket, Script script) {
        this.socket = socket;
        this.script = script;
    }

    /// What is answered to what.
    @FunctionalInterface
    public interface Script {
        Reply answer(Request request) throws IOException;
    }

    /// @param target path and query
    /// @param headers by name in lower case
    public record Request(String method, String target, Map<String, String> headers, String body) {
        /// The header `name`, or an empty text.
        public String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    /// @param bytes all that is sent, head and body
    /// @param reset whether the connection is reset then, instead of closed
    public record Reply(byte[] bytes, boolean reset) {
        public static Reply of(int status, Map<String, String> headers, byte[] body) {
            var sized = new TreeMap<>(headers);
            sized.putIfAbsent("Content-Length", "" + body.length);
            return raw(status, sized, body);
        }

        public static Reply of(int status, String body, String... headers) {
            var all = new TreeMap<String, String>();
            for (var i = 0; i < headers.length; i += 2) {
                all.put(headers[i], headers[i + 1]);
            }
            return of(status, all, body.getBytes(StandardCharsets.UTF_8));
        }

        /// Without a length of the body, if none is among `headers`: its end is that of the connection.
        public static Reply raw(int status, Map<String, String> headers, byte[] body) {
            var bytes = new ByteArrayOutputStream();
            var head = new StringBuilder("HTTP/1.1 " + status + " So\r\nConnection: close\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            bytes.writeBytes(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
            bytes.writeBytes(body);
            return new Reply(bytes.toByteArray(), false);
        }

        /// The same, but for its last `count` bytes, in place of which the connection is closed.
        public Reply cutBy(int count) {
            return new Reply(Arrays.copyOf(bytes, bytes.length - count), false);
        }

        /// The same, but for its last `count` bytes, in place of which the connection is reset; bytes that are on the
        /// way are lost.
        public Reply without(int count) {
            return new Reply(Arrays.copyOf(bytes, bytes.length - count), true);
        }
    }

    public static ScriptedServer start(Script script) throws IOException {
        return start(new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1")), script);
    }

    /// @param socket that listens already, such as one for TLS
    public static ScriptedServer start(ServerSocket socket, Script script) {
        var server = new ScriptedServer(socket, script);
        Thread.ofVirtual().start(server::accept);
        return server;
    }

    /// `127.0.0.1:PORT`.
    public String authority() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /// What was asked so far.
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = socket.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            var request = read(connection.getInputStream());
            if (request == null) {
                return;
            }
            requests.add(request);
            var reply = script.answer(request);
            var out = connection.getOutputStream();
            out.write(reply.bytes());
            out.flush();
            if (reply.reset() && !(socket instanceof SSLServerSocket)) {
                connection.setSoLinger(true, 0);
            }
        } catch (IOException goneAway) {
            // as clients do
        }
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        var head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            var b = in.read();
            if (b < 0 || head.size() == 0 && (b < 'A' || b > 'Z')) {
                return null; // no HTTP, such as TLS
            }
            head.write(b);
        }
        var lines = head.toString(StandardCharsets.ISO_8859_1).split("\r\n");
        var words = lines[0].split(" ");
        var headers = new TreeMap<String, String>();
        for (var i = 1; i < lines.length; i++) {
            var colon = lines[i].indexOf(':');
            headers.put(
                    lines[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    lines[i].substring(colon + 1).strip());
        }
        var length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        return new Request(words[0], words[1], headers, new String(in.readNBytes(length), StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
