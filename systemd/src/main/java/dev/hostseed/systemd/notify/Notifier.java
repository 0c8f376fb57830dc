package dev.hostseed.systemd.notify;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// Tells systemd how the service is. Whatever is wrong with the socket, the service goes on: nothing here throws, and
/// nothing waits longer than a fifth of a second. Each method says whether systemd was told.
///
/// Rule: sd_notify(3).
public final class Notifier {
    private static final int TRIES = 20;
    private static final int PAUSE_MILLIS = 10;

    private final @Nullable AFUNIXSocketAddress systemd;

    private Notifier(@Nullable AFUNIXSocketAddress systemd) {
        this.systemd = systemd;
    }

    /// The one for the socket that `NOTIFY_SOCKET` names: an absolute path, or `@` and an abstract name. Without it, or
    /// where it names neither, every message goes nowhere.
    public static Notifier of(Map<String, String> environment) {
        var name = environment.getOrDefault("NOTIFY_SOCKET", "");
        try {
            if (name.length() > 1 && name.charAt(0) == '@') {
                return new Notifier(AFUNIXSocketAddress.inAbstractNamespace(name.substring(1)));
            }
            if (name.length() > 1 && name.charAt(0) == '/') {
                return new Notifier(AFUNIXSocketAddress.of(name.getBytes(StandardCharsets.UTF_8)));
            }
        } catch (IOException tooLong) {
            // the address of a unix socket has 107 bytes: nobody can listen there
        }
        return new Notifier(null);
    }

    /// The service is up.
    public boolean ready(String status) {
        return send("READY=1\nSTATUS=" + line(status));
    }

    /// What `systemctl status` shows.
    public boolean status(String status) {
        return send("STATUS=" + line(status));
    }

    /// Starting or stopping goes on, and will not be over before `time` from now.
    public boolean extendTimeout(Duration time) {
        return send("EXTEND_TIMEOUT_USEC=" + time.toNanos() / 1000);
    }

    /// What [Watchdog] says.
    boolean alive() {
        return send("WATCHDOG=1");
    }

    /// The service is about to end.
    public boolean stopping(String status) {
        return send("STOPPING=1\nSTATUS=" + line(status));
    }

    private static String line(String text) {
        return text.replace('\n', ' ');
    }

    private boolean send(String message) {
        if (systemd == null) {
            return false;
        }
        try (var channel = AFUNIXDatagramChannel.open()) {
            channel.configureBlocking(false);
            var bytes = ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8));
            for (var tries = 0; tries < TRIES; tries++) { // the queue of the socket may be full for a moment
                if (channel.send(bytes, systemd) > 0) {
                    return true;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (IOException gone) {
            // systemd is told nothing: it decides by its timeouts
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
        return false;
    }
}
