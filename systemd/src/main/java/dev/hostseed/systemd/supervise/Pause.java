package dev.hostseed.systemd.supervise;

import dev.hostseed.core.work.WorkFailure;
import java.io.InterruptedIOException;
import java.time.Duration;

/// Waits between two tries.
final class Pause {
    private Pause() {}

    static void of(Duration time) throws InterruptedIOException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException asked) {
            throw WorkFailure.of(asked);
        }
    }
}
