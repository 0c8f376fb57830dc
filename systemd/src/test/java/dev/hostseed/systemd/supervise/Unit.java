package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Json;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// A unit as far as the supervisor sees one: it is started, tells how it is, and is stopped.
final class Unit implements AutoCloseable {
    private final TestEngine daemon;
    private final Path directory;
    private final Path definition;
    private final AFUNIXDatagramChannel systemd;
    private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();

    Unit(TestEngine daemon, Path directory, ContainerDefinition definition) throws IOException {
        this.daemon = daemon;
        this.directory = directory;
        this.definition = Files.write(directory.resolve("definition.json"), Json.pretty(definition.toData()));
        this.systemd = AFUNIXDatagramChannel.open();
        systemd.bind(AFUNIXSocketAddress.of(directory.resolve("notify")));
        Thread.ofPlatform().daemon().start(this::listen);
    }

    Process start(String... environment) throws IOException {
        return launch("run", List.of(environment));
    }

    /// Runs `ExecStopPost=` with what systemd says about the end of the main process.
    void clean(String result, String code, String status) throws IOException, InterruptedException {
        launch("clean", List.of("SERVICE_RESULT=" + result, "EXIT_CODE=" + code, "EXIT_STATUS=" + status))
                .waitFor();
    }

    /// Waits for a message that contains `text`; those before it are forgotten.
    String await(String text) throws InterruptedException {
        while (true) {
            var message = messages.poll(30, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("systemd was never told: " + text + "\n" + log());
            }
            if (message.contains(text)) {
                return message;
            }
        }
    }

    boolean wasTold(String text) {
        return messages.stream().anyMatch(message -> message.contains(text));
    }

    /// What the supervisors of this unit said.
    String log() {
        try {
            return Files.readString(directory.resolve("log"));
        } catch (IOException none) {
            return none.toString();
        }
    }

    Path runDirectory() {
        return directory.resolve("run");
    }

    @Override
    public void close() throws IOException {
        systemd.close();
    }

    private Process launch(String verb, List<String> environment) throws IOException {
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classes,
                SupervisorProcess.class.getName(),
                verb,
                definition.toString(),
                daemon.socket().toString(),
                directory.toString(),
                runDirectory().toString());
        builder.environment().put("NOTIFY_SOCKET", directory.resolve("notify").toString());
        for (var assignment : environment) {
            var equals = assignment.indexOf('=');
            builder.environment().put(assignment.substring(0, equals), assignment.substring(equals + 1));
        }
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("log").toFile()))
                .start();
    }

    private void listen() {
        var buffer = ByteBuffer.allocate(4096);
        try {
            while (true) {
                systemd.receive(buffer.clear());
                messages.add(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
            }
        } catch (IOException closed) {
            // the test is over
        }
    }
}
