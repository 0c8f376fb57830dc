package dev.hostseed.cli.host;

import dev.hostseed.core.image.Progress;
import dev.hostseed.systemd.notify.Notifier;
import java.time.Duration;

/// Tells systemd what is done, and asks it for more time for as long as something moves. It gives the Engine as much
/// silence as a load does before it is given up, and a little more: so the load ends by itself, with the reason.
final class ToldProgress implements Progress {
    private static final Duration PATIENCE = Duration.ofMinutes(11);
    private static final long STATUS_NANOS = 1_000_000_000;
    private static final long EXTEND_NANOS = 5_000_000_000L;

    private final Notifier systemd;
    private final Progress people;
    private String last = "";
    private long told = System.nanoTime() - STATUS_NANOS;
    private long extended = System.nanoTime() - EXTEND_NANOS;

    ToldProgress(Notifier systemd, Progress people) {
        this.systemd = systemd;
        this.people = people;
    }

    @Override
    public void at(String what, long done, long total) {
        people.at(what, done, total);
        tell(what, done, total);
    }

    private synchronized void tell(String what, long done, long total) {
        var now = System.nanoTime();
        if (now - told < STATUS_NANOS) {
            return;
        }
        var status = what + (total > 0 ? ": " + Math.min(100, (long) (100.0 * done / total)) + " %" : "");
        if (status.equals(last) && now - extended < EXTEND_NANOS) {
            return;
        }
        told = now;
        last = status;
        systemd.status(status);
        if (now - extended >= EXTEND_NANOS) {
            extended = now;
            systemd.extendTimeout(PATIENCE);
        }
    }
}
