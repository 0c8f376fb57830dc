package dev.hostseed.systemd.supervise;

import dev.hostseed.systemd.notify.Notifier;
import java.time.Duration;

/// Asks systemd for more time, again and again from the first moment, for as long as the start makes progress.
final class Patience extends Thread {
    private static final Duration AHEAD = Duration.ofSeconds(30);
    private static final long EVERY_MILLIS = 5000;

    private final Notifier notifier;
    private boolean over;

    private Patience(Notifier notifier) {
        super("patience");
        this.notifier = notifier;
        setDaemon(true);
    }

    static Patience begin(Notifier notifier) {
        var patience = new Patience(notifier);
        patience.start();
        return patience;
    }

    /// No more of it: what was asked for last still holds.
    synchronized void end() {
        over = true;
        notifyAll();
    }

    @Override
    public synchronized void run() {
        try {
            while (!over && notifier.extendTimeout(AHEAD)) {
                wait(EVERY_MILLIS);
            }
        } catch (InterruptedException asked) {
            interrupt();
        }
    }
}
