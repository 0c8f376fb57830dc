package dev.hostseed.systemd.notify;

import java.time.Duration;
import java.util.Map;

/// Tells systemd that the loop which calls [#beat] still turns, twice within the time that systemd waits for it. For
/// one thread.
///
/// Rule: sd_watchdog_enabled(3).
public final class Watchdog {
    private final Notifier notifier;
    private final Duration half; // zero if systemd does not watch this process
    private long last;

    private Watchdog(Notifier notifier, Duration half) {
        this.notifier = notifier;
        this.half = half;
        this.last = System.nanoTime() - half.toNanos();
    }

    /// The one that `WATCHDOG_USEC` asks for, or one that says nothing: without it, and where `WATCHDOG_PID` is another
    /// process.
    public static Watchdog of(Map<String, String> environment, Notifier notifier) {
        var micros = whole(environment.getOrDefault("WATCHDOG_USEC", ""));
        if (micros > 0 && environment.containsKey("WATCHDOG_PID")) {
            var watched = whole(environment.getOrDefault("WATCHDOG_PID", ""));
            micros = watched == ProcessHandle.current().pid() ? micros : 0;
        }
        return new Watchdog(notifier, Duration.ofNanos(Math.min(Math.max(micros, 0), Long.MAX_VALUE / 1000) * 500));
    }

    /// Sends `WATCHDOG=1` if it is time to; whether systemd was told.
    public boolean beat() {
        var now = System.nanoTime();
        if (half.isZero() || now - last < half.toNanos()) {
            return false;
        }
        last = now;
        return notifier.alive();
    }

    /// How long to wait at most before the next [#beat], of the `time` that would be waited without a watchdog.
    public Duration within(Duration time) {
        if (half.isZero()) {
            return time;
        }
        var left = half.minusNanos(System.nanoTime() - last);
        return left.compareTo(time) > 0 ? time : left.isPositive() ? left : Duration.ZERO;
    }

    /// -1 if `text` is no number.
    private static long whole(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException other) {
            return -1;
        }
    }
}
