package dev.hostseed.cli.rehearsal;

import dev.hostseed.core.host.Digest;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// An Engine that has one image and starts one container, a `sleep`: just enough for a [Rehearsal].
final class StandInEngine implements Runnable {
    private final ServerSocketChannel server;
    private final Digest image;
    private @Nullable Process container;

    StandInEngine(ServerSocketChannel server, Digest image) {
        this.server = server;
        this.image = image;
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
        for (var header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
            if (header.startsWith("Content-Length: ")) {
                length = Integer.parseInt(header.substring("Content-Length: ".length()));
            }
        }
        while (length-- > 0 && in.read() >= 0) {
            // the body is of no interest
        }
        connection.write(ByteBuffer.wrap(answer(request).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private String answer(String request) throws IOException {
        if (request.contains("/_ping")) {
            return reply("200 OK", "OK");
        }
        if (request.contains("/images/")) {
            return reply("200 OK", "{\"Id\":\"" + image + "\"}");
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
                                image,
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
