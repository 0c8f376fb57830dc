package dev.hostseed.cli.rehearsal;

import dev.hostseed.core.image.LockedImage;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// An Engine that is loaded one image and starts one container, a `sleep`: just enough for a [Rehearsal].
final class StandInEngine implements Runnable {
    private final ServerSocketChannel server;
    private final LockedImage image;
    private final Path dataRoot;
    private boolean loaded;
    private @Nullable Process container;

    StandInEngine(ServerSocketChannel server, LockedImage image, Path dataRoot) {
        this.server = server;
        this.image = image;
        this.dataRoot = dataRoot;
    }

    @Override
    public void run() {
        try {
            while (true) {
                try (var connection = server.accept()) {
                    serve(connection);
                }
            }
        } catch (IOException closed) {
            // the rehearsal is over
        }
    }

    private void serve(SocketChannel connection) throws IOException {
        var in = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(connection), StandardCharsets.ISO_8859_1));
        var request = in.readLine();
        if (request == null) {
            return;
        }
        var length = 0;
        var chunked = false;
        for (var header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
            if (header.startsWith("Content-Length: ")) {
                length = Integer.parseInt(header.substring("Content-Length: ".length()));
            }
            chunked |= header.equals("Transfer-Encoding: chunked");
        }
        if (chunked) {
            skipChunks(in);
        }
        skip(in, length);
        connection.write(ByteBuffer.wrap(answer(request).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static void skipChunks(BufferedReader in) throws IOException {
        for (var size = size(in); size > 0; size = size(in)) {
            skip(in, size);
            in.readLine();
        }
        in.readLine();
    }

    private static int size(BufferedReader in) throws IOException {
        return Integer.parseInt(in.readLine(), 16);
    }

    private static void skip(BufferedReader in, long left) throws IOException {
        while (left-- > 0 && in.read() >= 0) {
            // the body is of no interest
        }
    }

    private String answer(String request) throws IOException {
        if (request.contains("/_ping")) {
            return reply("200 OK", "OK");
        }
        if (request.contains("/info")) {
            return reply(
                    "200 OK",
                    "{\"OSType\":\"linux\",\"DriverStatus\":[[\"Backing Filesystem\",\"extfs\"]],\"DockerRootDir\":\""
                            + dataRoot + "\",\"Labels\":[" + "\"a reply is long\",".repeat(1000) + "\"\"]}");
        }
        if (request.contains("/images/")) {
            return image(request);
        }
        if (request.startsWith("GET") && request.contains("/containers/")) {
            return inspection();
        }
        if (request.contains("/start")) {
            container = new ProcessBuilder("sleep", "0.2").start();
            return reply("204 No Content", "");
        }
        if (request.startsWith("DELETE")) {
            container = null;
            return reply("204 No Content", "");
        }
        return request.startsWith("GET")
                ? reply("404 Not Found", "{\"message\":\"no such thing\"}")
                : reply("201 Created", "{\"Id\":\"stand-in\",\"Name\":\"stand-in\",\"Warnings\":[]}");
    }

    private String image(String request) {
        if (request.contains("/images/json")) {
            return reply("200 OK", "[]");
        }
        if (request.contains("/images/load")) {
            loaded = true;
            return reply("200 OK", "{\"stream\":\"Loaded image: example/web:1\"}");
        }
        return loaded
                ? reply("200 OK", """
                        {"Id":"%s","Os":"%s","Architecture":"%s","Manifests":[],
                         "RootFS":{"Type":"layers","Layers":["%s"]}}
                        """.formatted(
                                image.config().digest(),
                                image.platform().os(),
                                image.platform().architecture(),
                                image.layers().getFirst().plain().digest()))
                : reply("404 Not Found", "{\"message\":\"no such image\"}");
    }

    private String inspection() {
        var process = container;
        return process == null
                ? reply("404 Not Found", "{\"message\":\"No such container\"}")
                : reply("200 OK", """
                        {"Id":"stand-in","Name":"/shop-web","Image":"%s",
                         "State":{"Status":"%s","Running":%s,"Paused":false,"Restarting":false,"OOMKilled":false,
                          "Dead":false,"Pid":%d,"ExitCode":0,"Error":""},
                         "Config":{"Image":"example/web:1","Labels":{"hostseed.project":"shop","hostseed.service":"web"}}}
                        """.formatted(
                                image.config().digest(),
                                process.isAlive() ? "running" : "exited",
                                process.isAlive(),
                                process.isAlive() ? process.pid() : 0));
    }

    private static String reply(String status, String body) {
        return "HTTP/1.1 " + status
                + "\r\nApi-Version: 1.41\r\nOSType: linux\r\nServer: Docker/20.10.24 (linux)\r\nContent-Type: application/json\r\n"
                + (status.startsWith("204") ? "" : "Content-Length: " + body.length() + "\r\n")
                + "\r\n" + body;
    }
}
