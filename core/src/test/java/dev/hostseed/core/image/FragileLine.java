package dev.hostseed.core.image;

import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// A socket that hands on to an Engine's, and breaks once: every connection is gone then, with what was on it. Whoever
/// connects after that gets through.
final class FragileLine implements Closeable {
    private final ServerSocketChannel server;
    private final UnixDomainSocketAddress engine;
    private final Load load;
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean broken = new AtomicBoolean();

    /// What the line can bear.
    interface Load {
        /// @param chunk that has come to be handed on
        /// @param toEngine whether it is from the client
        /// @return whether the line breaks under it
        boolean isTooMuch(ByteBuffer chunk, boolean toEngine);
    }

    private FragileLine(ServerSocketChannel server, Path engine, Load load) {
        this.server = server;
        this.engine = UnixDomainSocketAddress.of(engine);
        this.load = load;
    }

    static FragileLine at(Path socket, Path engine, Load load) throws IOException {
        var server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        server.bind(UnixDomainSocketAddress.of(socket));
        var line = new FragileLine(server, engine, load);
        Thread.ofPlatform().daemon().start(line::serve);
        return line;
    }

    boolean isBroken() {
        return broken.get();
    }

    @Override
    public void close() throws IOException {
        server.close();
        hangUp();
    }

    static String text(ByteBuffer chunk) {
        return StandardCharsets.ISO_8859_1.decode(chunk.duplicate()).toString();
    }

    private void serve() {
        try {
            while (server.isOpen()) {
                var client = server.accept();
                var beyond = SocketChannel.open(engine);
                open.add(client);
                open.add(beyond);
                Thread.ofPlatform().daemon().start(() -> handOn(client, beyond, true));
                Thread.ofPlatform().daemon().start(() -> handOn(beyond, client, false));
            }
        } catch (IOException closed) {
            hangUp();
        }
    }

    private void handOn(SocketChannel from, SocketChannel to, boolean toEngine) {
        var chunk = ByteBuffer.allocate(64 << 10);
        try (from;
                to) {
            while (from.read(chunk.clear()) >= 0) {
                chunk.flip();
                if (!broken.get() && load.isTooMuch(chunk, toEngine) && broken.compareAndSet(false, true)) {
                    hangUp();
                }
                while (chunk.hasRemaining()) {
                    to.write(chunk);
                }
            }
        } catch (IOException gone) {
            return; // and with this end the other one
        }
    }

    private void hangUp() {
        for (var one : open) {
            try {
                one.close();
            } catch (IOException gone) {
                continue;
            }
        }
        open.clear();
    }
}
