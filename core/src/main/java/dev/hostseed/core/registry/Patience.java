package dev.hostseed.core.registry;

import dev.hostseed.core.work.WorkFailure;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/// How long is waited for a registry, and how often it is asked again.
///
/// @param attempts of one request, the first included
/// @param first pause between attempts; each further one is twice as long
/// @param longest pause; a registry that asks for more is not waited for
/// @param idle how long nothing may come
/// @param pause what waits
public record Patience(int attempts, Duration first, Duration longest, Duration idle, Pause pause) {
    public static final Patience USUAL =
            new Patience(5, Duration.ofMillis(500), Duration.ofMinutes(1), Duration.ofMinutes(1), Thread::sleep);

    /// Waits.
    @FunctionalInterface
    public interface Pause {
        void take(Duration time) throws InterruptedException;
    }

    /// Waits after the attempt `number`, counted from 1: half of the time that it is the turn of, and a random part
    /// of the other half, so that those who failed together do not come back together.
    void wait(int number) throws InterruptedIOException {
        var turn = first.multipliedBy(1L << Math.min(number - 1, 20)).toMillis();
        var most = Math.min(turn, longest.toMillis());
        wait(Duration.ofMillis(most - ThreadLocalRandom.current().nextLong(most / 2 + 1)));
    }

    void wait(Duration time) throws InterruptedIOException {
        try {
            pause.take(time);
        } catch (InterruptedException asked) {
            throw WorkFailure.of(asked);
        }
    }
}
