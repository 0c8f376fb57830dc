package dev.hostseed.core.engine;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// The Docker Engine behind a unix socket. Each call is a connection of its own, so that one may be used from several
/// threads, and a restarted daemon costs nothing but the call that it interrupted.
///
/// Every method throws [EngineUnreachableException] where nobody answers or the answer is not the Docker Engine's,
/// [EngineRefusedException] where the Engine says no, [java.net.SocketTimeoutException] where nothing moved for the
/// idle timeout, and another [IOException] where the answer breaks off or is not HTTP.
public final class Engine {
    /// Where the Engine listens unless it was told otherwise.
    public static final Path DEFAULT_SOCKET = Path.of("/var/run/docker.sock");

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final int REPLY_LIMIT = 16 << 20;
    private static final int STREAMED_VALUE_LIMIT = 4 << 20;
    private static final int ERROR_LIMIT = 1 << 20;
    private static final byte[] NO_BODY = {};

    private final Path socket;
    private final int idleMillis;
    private volatile int minor; // of the API version in use; 0 until the Engine was asked

    private Engine(Path socket, int idleMillis) {
        this.socket = socket;
        this.idleMillis = idleMillis;
    }

    /// The Engine at `socket`, with an idle timeout of 60 seconds. Connects to nothing yet.
    public static Engine at(Path socket) {
        return new Engine(socket, (int) IDLE_TIMEOUT.toMillis());
    }

    /// The same Engine with another patience.
    ///
    /// @param timeout for which nothing may move in either direction; positive
    public Engine withIdleTimeout(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("not a timeout: " + timeout);
        }
        var other = new Engine(socket, Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE));
        other.minor = minor;
        return other;
    }

    /// Where this Engine is.
    public Path socket() {
        return socket;
    }

    /// Asks whether the Engine is there, and which version of the API it speaks.
    public void ping() throws IOException {
        try (var connection = Connection.open(socket, idleMillis)) {
            connection.send("GET", "/_ping", NO_BODY);
            minor = ApiVersion.negotiate(socket, connection.reply());
        }
    }

    /// Whether both sides speak version 1.`minor` of the API, so that a field which came with it may be sent.
    public boolean speaks(int minor) throws IOException {
        return minor() >= minor;
    }

    /// What `GET target` answers, or nothing for 404.
    ///
    /// @param target path and query without the version, such as `/containers/web/json`; names in it are encoded
    public Optional<Data> find(String target) throws IOException {
        try (var connection = request("GET", target, NO_BODY)) {
            var reply = connection.reply();
            return reply.status() == 404 ? Optional.empty() : Optional.of(data(accepted(reply)));
        }
    }

    /// What `POST target` answers to `body`; null data if the answer is empty, or 304: it was so already.
    ///
    /// @param body null data for a request without a body
    public Data post(String target, Data body) throws IOException {
        try (var connection = request("POST", target, body == Data.Null.NULL ? NO_BODY : Json.compact(body))) {
            return data(accepted(connection.reply()));
        }
    }

    /// `DELETE target`; whether there was anything to delete.
    public boolean delete(String target) throws IOException {
        try (var connection = request("DELETE", target, NO_BODY)) {
            var reply = connection.reply();
            if (reply.status() == 404) {
                return false;
            }
            accepted(reply);
            return true;
        }
    }

    /// Streams a tar to `POST target` and hands each JSON value of the reply to `reply`, while they come. The reply
    /// wins over a broken pipe: what the Engine said before it hung up is heard in full. So a return is no proof
    /// that all of `body` was read.
    public void upload(String target, Body body, Json.Consumer reply) throws IOException {
        var versioned = versioned(target);
        try (var connection = Connection.open(socket, idleMillis)) {
            var upload = connection.upload(versioned, body);
            try {
                var answer = accepted(connection.reply());
                Json.forEach(new LimitedInput(answer.body(), STREAMED_VALUE_LIMIT, true), reply);
            } catch (IOException failure) {
                throw upload.causeOf(failure);
            } finally {
                upload.end();
            }
        }
    }

    /// What `GET target` streams; closing it closes the connection.
    public InputStream download(String target) throws IOException {
        return streamed(request("GET", target, NO_BODY));
    }

    /// What `POST target` streams in answer to `body`; closing it closes the connection.
    public InputStream stream(String target, Data body) throws IOException {
        return streamed(request("POST", target, Json.compact(body)));
    }

    private static InputStream streamed(Connection connection) throws IOException {
        try {
            var body = accepted(connection.reply()).body();
            return new FilterInputStream(body) {
                @Override
                public void close() throws IOException {
                    connection.close();
                }
            };
        } catch (IOException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    /// A request body that is made while it is sent, by a thread of its own.
    @FunctionalInterface
    public interface Body {
        void writeTo(OutputStream out) throws IOException;
    }

    private Connection request(String method, String target, byte[] body) throws IOException {
        var versioned = versioned(target);
        var connection = Connection.open(socket, idleMillis);
        try {
            connection.send(method, versioned, body);
            return connection;
        } catch (IOException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    private String versioned(String target) throws IOException {
        for (var i = 0; i < target.length(); i++) {
            if (target.charAt(0) != '/' || target.charAt(i) <= ' ' || target.charAt(i) > '~') {
                throw new IllegalArgumentException("not an encoded request target: '" + target + "'");
            }
        }
        return "/v1." + minor() + target;
    }

    private int minor() throws IOException {
        if (minor == 0) {
            ping();
        }
        return minor;
    }

    private static Reply accepted(Reply reply) throws IOException {
        var status = reply.status();
        if (status >= 200 && status < 300 || status == 304) {
            return reply;
        }
        throw new EngineRefusedException(
                status, ErrorText.of(status, reply.body().readNBytes(ERROR_LIMIT)));
    }

    private static Data data(Reply reply) throws IOException {
        return Json.next(new LimitedInput(reply.body(), REPLY_LIMIT, false)).orElse(Data.Null.NULL);
    }
}
