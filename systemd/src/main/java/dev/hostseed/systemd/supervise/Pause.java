package dev.hostseed.systemd.supervise;

import java.io.InterruptedIOException;
import java.time.Duration;

/// Waits between two tries.
final class Pause {
    private Pause() {}

    static void of(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }
}
