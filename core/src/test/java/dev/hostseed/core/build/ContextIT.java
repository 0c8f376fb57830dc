package dev.hostseed.core.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.ImageBuild.Dockerfile;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the docker command sends of a context, and what we send.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ContextIT {
    private static final long SEED = 42;
    private static final int CASES = 150;
    private static final SortedMap<String, String> REFUSED = new TreeMap<>();
    private static final List<String> NAMES = List.of("a", "b", "ab", "a.md", "b.go", "é", "c d", "a*");

    /// None that the docker command of Debian 12 and later ones take for different things, as `**.go`.
    private static final List<String> PIECES =
            List.of("a", "b", "ab", "*", "**", "?", "[ab]", "[^a]", "*.md", "a*", "*.go", "a\\*", "é", "..", ".");

    @TempDir
    private Path work = Path.of("/nonexistent");

    @Test
    void the_context_is_what_the_docker_command_makes_of_it() throws Exception {
        need();
        var random = new Random(SEED);
        for (var i = 0; i < CASES; i++) {
            var context = Files.createDirectories(work.resolve("case-" + i));
            fill(context, random, 3);
            Files.writeString(context.resolve("Dockerfile"), "FROM scratch\n");
            var rules = IntStream.range(0, 1 + random.nextInt(5))
                    .mapToObj(line -> pattern(random))
                    .collect(Collectors.joining("\n"));
            Files.writeString(context.resolve(".dockerignore"), rules);

            var sent = sentByDocker(context);

            assertThat(sentByUs(context))
                    .as("seed %d, case %d, rules:\n%s", SEED, i, rules)
                    .isEqualTo(sent);
        }
    }

    private static void need() throws IOException, InterruptedException {
        var there = List.of("/usr/bin/docker", "/usr/local/bin/docker").stream()
                .anyMatch(docker -> Files.isExecutable(Path.of(docker)));
        if (!there && "true".equals(System.getenv("CI"))) {
            throw new AssertionError("this test needs the docker command");
        }
        Assumptions.assumeTrue(there, "needs the docker command");
    }

    private static void fill(Path directory, Random random, int depth) throws IOException {
        for (var name : NAMES) {
            switch (random.nextInt(5)) {
                case 0, 1 -> Files.writeString(directory.resolve(name), name.repeat(random.nextInt(3)));
                case 2 -> {
                    if (depth > 0) {
                        fill(Files.createDirectories(directory.resolve(name)), random, depth - 1);
                    }
                }
                case 3 -> Files.createSymbolicLink(directory.resolve(name), Path.of("a"));
                default -> {}
            }
        }
    }

    private static String pattern(Random random) {
        return (random.nextInt(3) == 0 ? "!" : "")
                + (random.nextInt(5) == 0 ? "/" : "")
                + IntStream.range(0, 1 + random.nextInt(3))
                        .mapToObj(piece -> PIECES.get(random.nextInt(PIECES.size())))
                        .collect(Collectors.joining("/"));
    }

    private static SortedMap<String, String> sentByUs(Path context) throws IOException {
        try {
            var build = TestBuilds.of(context, new Dockerfile.File(context.resolve("Dockerfile")));
            return Tars.members(BuildContextTest.bytes(BuildContext.of(build)), true);
        } catch (UnbuildableException refused) {
            return REFUSED;
        }
    }

    /// The body of `POST /build`, caught by something that listens where the Engine would.
    private SortedMap<String, String> sentByDocker(Path context) throws Exception {
        var socket = work.resolve("docker.sock");
        Files.deleteIfExists(socket);
        try (var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            server.bind(UnixDomainSocketAddress.of(socket));
            var body = new CompletableFuture<byte[]>();
            Thread.ofPlatform().daemon().start(() -> serve(server, body));
            var builder = new ProcessBuilder("docker", "--host", "unix://" + socket, "build", context.toString());
            builder.environment().put("DOCKER_BUILDKIT", "0");
            builder.environment().put("DOCKER_API_VERSION", "1.41");
            var process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
            var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor();
            if (said.contains("error checking context")) {
                return REFUSED;
            }
            assertThat(body).as(said).isCompleted();
            return Tars.members(body.get(), true);
        }
    }

    private static void serve(ServerSocketChannel server, CompletableFuture<byte[]> body) {
        while (!body.isDone()) {
            try (var connection = server.accept()) {
                var in = Channels.newInputStream(connection);
                var head = head(in);
                if (head.startsWith("POST ")) {
                    body.complete(plain(unchunked(in)));
                }
                say(
                        connection,
                        "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nServer: Docker/20\r\nConnection: close\r\n\r\n");
            } catch (IOException failed) {
                body.completeExceptionally(failed);
            }
        }
    }

    private static void say(SocketChannel to, String text) throws IOException {
        to.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
    }

    private static String head(InputStream in) throws IOException {
        var head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        return head.toString();
    }

    private static byte[] unchunked(InputStream in) throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var line = new StringBuilder();
            while (line.indexOf("\r\n") < 0) {
                line.append((char) in.read());
            }
            var size = Integer.parseInt(line.toString().strip(), 16);
            body.write(in.readNBytes(size));
            in.readNBytes(2);
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    private static byte[] plain(byte[] body) throws IOException {
        return body[0] == 0x1f ? new GZIPInputStream(new ByteArrayInputStream(body)).readAllBytes() : body;
    }
}
