package dev.hostseed.core.testing;

import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// A real registry of the test's own, `docker-registry`, on this machine.
public final class TestRegistry implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/docker-registry");

    private final Path directory;
    private final int port;
    private final Path config;
    private Process daemon;

    private TestRegistry(Path directory, int port, Path config, Process daemon) {
        this.directory = directory;
        this.port = port;
        this.config = config;
        this.daemon = daemon;
    }

    /// One that anybody may read and write. Where none can run, the test is skipped; it fails if the environment says
    /// `CI=true`.
    ///
    /// @param directory where it keeps what it has; several may share one
    public static TestRegistry start(Path directory) throws IOException, InterruptedException {
        return start(directory, "");
    }

    /// One that asks for a login.
    ///
    /// @param auth the section `auth` of its configuration, as YAML on one line; empty for none
    public static TestRegistry start(Path directory, String auth) throws IOException, InterruptedException {
        var present = Files.isExecutable(PROGRAM);
        if (!present && "true".equals(System.getenv("CI"))) {
            Assertions.fail("this test needs docker-registry");
        }
        Assumptions.assumeTrue(present, "needs docker-registry");
        var port = freePort();
        var config = Files.createTempFile(directory, "config", ".yml");
        Files.writeString(
                config, """
                version: 0.1
                log: {level: warn}
                storage: {filesystem: {rootdirectory: '%s'}}
                http: {addr: '127.0.0.1:%d'}
                %s
                """.formatted(directory.resolve("data"), port, auth.isEmpty() ? "" : "auth: " + auth));
        return new TestRegistry(directory, port, config, launch(directory, port, config));
    }

    /// `127.0.0.1:PORT`.
    public String authority() {
        return "127.0.0.1:" + port;
    }

    /// Puts `bytes` into `repository`.
    public void blob(String repository, byte[] bytes) throws IOException, InterruptedException {
        var begun = send(
                HttpRequest.newBuilder(at(repository + "/blobs/uploads/")).POST(HttpRequest.BodyPublishers.noBody()));
        var place = at("").resolve(begun.headers().firstValue("Location").orElseThrow());
        send(HttpRequest.newBuilder(URI.create(place + "&digest=" + Digest.of(bytes)))
                .header("Content-Type", "application/octet-stream")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    /// Puts a manifest or an index into `repository`, whose parts are there.
    ///
    /// @param reference a tag or a digest
    public void manifest(String repository, String reference, String type, byte[] bytes)
            throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(at(repository + "/manifests/" + reference))
                .header("Content-Type", type)
                .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
    }

    /// Kills it, in whatever it does, and starts it again.
    public void restart() throws IOException, InterruptedException {
        daemon.destroyForcibly().waitFor();
        daemon = launch(directory, port, config);
    }

    private URI at(String path) {
        return URI.create("http://" + authority() + "/v2/" + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(response + ": " + response.body());
            }
            return response;
        }
    }

    private static Process launch(Path directory, int port, Path config) throws IOException, InterruptedException {
        var log = directory.resolve("registry.log");
        var daemon = new ProcessBuilder(PROGRAM.toString(), "serve", config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        for (var tries = 0; tries < 300 && daemon.isAlive(); tries++) {
            if (listens(port)) {
                return daemon;
            }
            Thread.sleep(100);
        }
        daemon.destroy();
        throw new AssertionError("docker-registry does not answer: " + Files.readString(log));
    }

    private static boolean listens(int port) {
        try (var connection = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return connection.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        daemon.destroy();
        try {
            if (!daemon.waitFor(10, TimeUnit.SECONDS)) {
                daemon.destroyForcibly().waitFor();
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }
}
