package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.engine.Engine;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// An Engine with one image and room for one container, whose process is a `sleep`; for what a real one does not do at
/// will. What it answers can be changed at any time.
final class StatefulEngine implements Closeable {
    static final String IMAGE = "sha256:" + "a".repeat(64);

    private final Path socket;
    private final ServerSocketChannel server;
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private volatile @Nullable Process process;
    private volatile @Nullable Map<String, String> labels; // of the container; null if there is none
    volatile int api = 41;
    volatile Supplier<String> image = () -> IMAGE; // empty if there is none
    volatile String warning = "";
    volatile String startFailure = "";
    volatile String health = "";
    volatile int exitCode;
    volatile Runnable whenCreated = () -> {};

    StatefulEngine(Path directory) throws IOException {
        this.socket = directory.resolve("engine.sock");
        this.server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        Thread.ofPlatform().daemon().start(this::serve);
    }

    Engine engine() {
        return Engine.at(socket);
    }

    /// A container with `labels` runs, as somebody left it.
    void running(Map<String, String> labels) throws IOException {
        process = new ProcessBuilder("sleep", "600").start();
        this.labels = labels;
    }

    /// What changed something, as `POST /containers/create`, without version and query.
    List<String> changes() {
        var changes = new ArrayList<String>();
        for (var request : requests) {
            if (!request.startsWith("GET")) {
                changes.add(request.replaceFirst("/v1\\.[0-9]+", "").replaceFirst("\\?.*", ""));
            }
        }
        return changes;
    }

    boolean hasContainer() {
        return labels != null;
    }

    /// The container ends.
    void end(int code) {
        exitCode = code;
        kill();
    }

    @Override
    public void close() throws IOException {
        server.close();
        kill();
    }

    private void kill() {
        var running = process;
        if (running != null) {
            running.destroyForcibly();
        }
    }

    private void serve() {
        while (server.isOpen()) {
            try (var connection = server.accept()) {
                var answer = answer(connection);
                connection.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.UTF_8)));
            } catch (IOException gone) {
                // the next one
            }
        }
    }

    private String answer(SocketChannel connection) throws IOException {
        var in = new BufferedReader(new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.UTF_8));
        var request = String.valueOf(in.readLine()).replace(" HTTP/1.1", "");
        var length = 0;
        for (var line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            length = line.startsWith("Content-Length: ") ? Integer.parseInt(line.substring(16)) : length;
        }
        for (; length > 0; length--) {
            in.read();
        }
        requests.add(request);
        return answer(request);
    }

    private String answer(String request) throws IOException {
        if (request.startsWith("GET /_ping")) {
            return reply("200 OK", "OK");
        }
        if (request.contains("/images/")) {
            var id = image.get();
            return id.isEmpty()
                    ? reply("404 Not Found", "{\"message\":\"No such image\"}")
                    : reply("200 OK", "{\"Id\":\"" + id + "\"}");
        }
        if (request.contains("/create")) {
            labels = Map.of("hostseed.project", "shop", "hostseed.service", "web");
            whenCreated.run();
            return reply("201 Created", "{\"Id\":\"made\",\"Warnings\":[" + warning + "]}");
        }
        if (request.contains("/start")) {
            if (!startFailure.isEmpty()) {
                return reply("500 Internal Server Error", "{\"message\":\"" + startFailure + "\"}");
            }
            process = new ProcessBuilder("sleep", "600").start();
            return reply("204 No Content", "");
        }
        if (labels == null) {
            return reply("404 Not Found", "{\"message\":\"No such container\"}");
        }
        if (request.startsWith("DELETE")) {
            labels = null;
        }
        if (!request.startsWith("GET")) {
            kill();
            return reply("204 No Content", "");
        }
        return reply("200 OK", new String(Json.compact(inspection()), StandardCharsets.UTF_8));
    }

    private Data.Mapping inspection() {
        var running = process;
        var runs = running != null && running.isAlive();
        var state = Data.mapping()
                .with("Status", runs ? "running" : "exited")
                .with("Running", runs)
                .with("OOMKilled", false)
                .with("Pid", running != null && runs ? running.pid() : 0)
                .with("ExitCode", exitCode);
        if (!health.isEmpty()) {
            state = state.with("Health", Data.mapping().with("Status", health));
        }
        var present = labels;
        return Data.mapping()
                .with("Id", "0123456789abcdef")
                .with("State", state)
                .with("Config", Data.mapping().with("Labels", Data.texts(present == null ? Map.of() : present)));
    }

    private String reply(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nApi-Version: 1." + api + "\r\nServer: Docker/20.10.24\r\n"
                + (status.startsWith("204") ? "" : "Content-Length: " + body.length() + "\r\n") + "\r\n" + body;
    }
}
