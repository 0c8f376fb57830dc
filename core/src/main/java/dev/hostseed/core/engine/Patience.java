package dev.hostseed.core.engine;

import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;

/// How long an Engine is waited for.
///
/// @param idleMillis for which nothing may move in either direction
/// @param total whether there is an end also where something moves, but hardly
record Patience(int idleMillis, boolean total) {
    private static final long IDLE_TIMEOUTS = 3;
    private static final long NANOS_PER_BYTE = 10_000; // 100 kB a second: a tenth of what the slowest disk takes

    static Patience idle(Duration timeout) {
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("not a timeout: " + timeout);
        }
        return new Patience(Math.clamp(timeout.toMillis(), 1, Integer.MAX_VALUE), false);
    }

    Patience withIdle(Duration timeout) {
        return new Patience(idle(timeout).idleMillis, total);
    }

    Patience withTotal() {
        return new Patience(idleMillis, true);
    }

    /// @param moved bytes in both directions
    void check(Path socket, long nanos, long moved) throws SocketTimeoutException {
        if (total && nanos > IDLE_TIMEOUTS * idleMillis * 1_000_000 + moved * NANOS_PER_BYTE) {
            throw new SocketTimeoutException("the Docker Engine at %s took %d s for %d bytes; it seems to hang%s"
                    .formatted(socket, nanos / 1_000_000_000, moved, REMEDY));
        }
    }

    SocketTimeoutException silence(Path socket, SocketTimeoutException cause) {
        var silence = new SocketTimeoutException("the Docker Engine at %s did nothing for %s s; it seems to hang%s"
                .formatted(socket, idleMillis < 1000 ? "0." + idleMillis / 100 : idleMillis / 1000, REMEDY));
        silence.initCause(cause);
        return silence;
    }

    private static final String REMEDY = ": look at 'journalctl -u docker', and restart docker.service";
}
