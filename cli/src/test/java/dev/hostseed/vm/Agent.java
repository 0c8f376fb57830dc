package dev.hostseed.vm;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// The host's end of the virtio-serial port: sends commands, one at a time, and waits for their results. It works
/// before the guest has a network, and without one.
final class Agent implements Closeable {
    /// Stands in the queue for the end of the stream; no line holds a line end.
    private static final String END = "\n";

    private final SocketChannel channel;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private int lastId;

    Agent(Path socket) throws IOException {
        channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        channel.connect(UnixDomainSocketAddress.of(socket));
        Thread.ofVirtual().start(this::read);
    }

    /// Sends a command and waits for its result as long as the guest may take for it, and `patience` on top.
    ///
    /// @return empty when there is none until then
    /// @throws IOException when the machine has gone
    Optional<GuestCommand.Result> ask(String script, Duration limit, Duration patience)
            throws IOException, InterruptedException {
        var command = new GuestCommand(++lastId, script, limit);
        var bytes = ByteBuffer.wrap(command.line());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        var end = System.nanoTime() + limit.plus(patience).toNanos();
        while (true) {
            var line = lines.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null) {
                return Optional.empty();
            }
            if (line.equals(END)) {
                lines.add(END);
                throw new IOException("the machine has gone");
            }
            var result = command.resultIn(line);
            if (result.isPresent()) {
                return result;
            }
        }
    }

    private void read() {
        try (var reader = new BufferedReader(
                new InputStreamReader(Channels.newInputStream(channel), StandardCharsets.US_ASCII))) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException gone) {
            // the same as the end of the stream: closed by us or by qemu
        }
        lines.add(END);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
