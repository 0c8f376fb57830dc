package dev.hostseed.core.engine;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// The Docker Engine behind a unix socket. Each call is a connection of its own, so that one may be used from several
/// threads, and a restarted daemon costs nothing but the call that it interrupted.
///
/// Every method throws [EngineUnreachableException] where nobody answers or the answer is not the Docker Engine's,
/// [EngineRefusedException] where the Engine says no, [java.net.SocketTimeoutException] where nothing moved for the
/// idle timeout, and [EngineLostException] where the answer breaks off or is not HTTP and JSON. What
/// [#download] and [#stream] return breaks off with a plain [IOException].
public final class Engine {
    /// Where the Engine listens unless it was told otherwise.
    public static final Path DEFAULT_SOCKET = Path.of("/var/run/docker.sock");

    private static final Duration IDLE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration TO_ANSWER = Duration.ofSeconds(5);
    private static final Duration BETWEEN_PINGS = Duration.ofMillis(250);
    private static final int REPLY_LIMIT = 16 << 20;
    private static final int STREAMED_VALUE_LIMIT = 4 << 20;
    private static final int ERROR_LIMIT = 1 << 20;
    private static final byte[] NO_BODY = {};

    private final Path socket;
    private final Patience patience;
    private final Known known;

    private Engine(Path socket, Patience patience, Known known) {
        this.socket = socket;
        this.patience = patience;
        this.known = known;
    }

    /// Makes ready what the first call needs. For a program that has something else to do meanwhile, in a thread of its
    /// own; what goes wrong here goes wrong at the first call.
    public static void warmUp() {
        Connection.warmUp();
    }

    /// The Engine at `socket`, with an idle timeout of 60 seconds. Connects to nothing yet.
    public static Engine at(Path socket) {
        return new Engine(socket, Patience.idle(IDLE_TIMEOUT), new Known());
    }

    /// The same Engine with another patience.
    ///
    /// @param timeout for which nothing may move in either direction; positive
    public Engine withIdleTimeout(Duration timeout) {
        return with(patience.withIdle(timeout));
    }

    /// The same Engine, given up also where something moves, but so little that there would be no end to it: an
    /// exchange may take three idle timeouts, and ten seconds for each megabyte that was moved. For those that are
    /// as long as what they carry; not for a build, which may think for hours.
    public Engine withTotalTimeout() {
        return with(patience.withTotal());
    }

    private Engine with(Patience other) {
        return new Engine(socket, other, known);
    }

    /// Where this Engine is.
    public Path socket() {
        return socket;
    }

    /// Asks whether the Engine is there, and which version of the API it speaks.
    public void ping() throws IOException {
        try (var connection = Connection.open(socket, patience)) {
            connection.send("GET", "/_ping", NO_BODY);
            known.minor = ApiVersion.negotiate(socket, connection.reply());
        } catch (EOFException | ProtocolException other) {
            throw new EngineUnreachableException(
                    "what answers at " + socket + " is not the Docker Engine: " + other.getMessage(), other);
        }
    }

    /// As [#ping], unless the Engine has answered before.
    public void requireThere() throws IOException {
        if (known.minor == 0) {
            ping();
        }
    }

    /// Waits until the Engine is there, for `time` at most; not at all if that is zero and it is not there.
    ///
    /// @param waiting is told why, again and again
    /// @throws EngineUnreachableException if it did not come
    /// @throws SocketTimeoutException if it took a connection and answered nothing on it
    public void await(Duration time, Consumer<String> waiting) throws IOException {
        var deadline = System.nanoTime() + time.toNanos();
        var quick = with(patience.withIdle(TO_ANSWER));
        while (true) {
            try {
                quick.ping();
                return;
            } catch (IOException away) {
                if (System.nanoTime() - deadline >= 0) {
                    throw away;
                }
                waiting.accept(String.valueOf(away.getMessage()));
                pause(away);
            }
        }
    }

    private static void pause(IOException away) throws IOException {
        try {
            Thread.sleep(BETWEEN_PINGS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw away;
        }
    }

    /// Whether both sides speak version 1.`minor` of the API, so that a field which came with it may be sent.
    public boolean speaks(int minor) throws IOException {
        return minor() >= minor;
    }

    /// What `GET /info` answers, which is asked once: how an Engine is set up does not change while a program runs.
    /// Null data for 404.
    public Data info() throws IOException {
        synchronized (known) { // whoever asks meanwhile waits for that answer
            if (known.info == Data.Null.NULL) {
                known.info = find("/info").orElse(Data.Null.NULL);
            }
            return known.info;
        }
    }

    /// What the Engine said of itself.
    private static final class Known {
        private volatile int minor; // of the API version in use; 0 until it was asked
        private Data info = Data.Null.NULL;
    }

    /// What `GET target` answers, or nothing for 404.
    ///
    /// @param target path and query without the version, such as `/containers/web/json`; names in it are encoded
    public Optional<Data> find(String target) throws IOException {
        return exchange(() -> {
            try (var connection = request("GET", target, NO_BODY)) {
                var reply = connection.reply();
                return reply.status() == 404 ? Optional.empty() : Optional.of(data(accepted(reply)));
            }
        });
    }

    /// What `POST target` answers to `body`; null data if the answer is empty, or 304: it was so already.
    ///
    /// @param body null data for a request without a body
    public Data post(String target, Data body) throws IOException {
        return exchange(() -> {
            try (var connection = request("POST", target, body == Data.Null.NULL ? NO_BODY : Json.compact(body))) {
                return data(accepted(connection.reply()));
            }
        });
    }

    /// `DELETE target`; whether there was anything to delete.
    public boolean delete(String target) throws IOException {
        return exchange(() -> {
            try (var connection = request("DELETE", target, NO_BODY)) {
                var reply = connection.reply();
                if (reply.status() == 404) {
                    return false;
                }
                accepted(reply);
                return true;
            }
        });
    }

    /// Streams a tar to `POST target` and hands each JSON value of the reply to `reply`, while they come. The reply
    /// wins over a broken pipe: what the Engine said before it hung up is heard in full. So a return is no proof
    /// that all of `body` was read.
    public void upload(String target, Body body, Json.Consumer reply) throws IOException {
        var versioned = versioned(target);
        try (var connection = Connection.open(socket, patience)) {
            var upload = connection.upload(versioned, body);
            try {
                var answer = exchange(() -> accepted(connection.reply()));
                hear(new LimitedInput(answer.body(), STREAMED_VALUE_LIMIT, true), reply);
            } catch (IOException failure) {
                throw upload.causeOf(failure);
            } finally {
                upload.end();
            }
        }
    }

    /// What `reply` itself throws, it throws as it is.
    private void hear(InputStream answer, Json.Consumer reply) throws IOException {
        var own = new IOException[1];
        try {
            exchange(() -> {
                Json.forEach(answer, value -> {
                    try {
                        reply.accept(value);
                    } catch (IOException failure) {
                        own[0] = failure;
                        throw failure;
                    }
                });
                return true;
            });
        } catch (IOException failure) {
            throw own[0] == null ? failure : own[0];
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
        var connection = Connection.open(socket, patience);
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
        requireThere();
        return known.minor;
    }

    private interface Exchange<T> {
        T make() throws IOException;
    }

    /// Tells what breaks off apart from what fails elsewhere.
    private <T> T exchange(Exchange<T> exchange) throws IOException {
        try {
            return exchange.make();
        } catch (EngineUnreachableException | EngineRefusedException | SocketTimeoutException told) {
            throw told;
        } catch (IOException broken) {
            throw lost(broken);
        }
    }

    private EngineLostException lost(IOException broken) {
        return new EngineLostException(
                "the Docker Engine at " + socket + " broke off: "
                        + ErrorText.printable(String.valueOf(broken.getMessage())),
                broken);
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
