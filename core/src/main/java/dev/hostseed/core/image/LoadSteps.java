package dev.hostseed.core.image;

import dev.hostseed.core.work.Pair;
import dev.hostseed.core.work.WorkFailure;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Steps of a load on their way, two at a time; more does not help on the machines of today.
final class LoadSteps {
    private final List<LoadStep> plan;
    private final boolean early;
    private final Way way;
    private final BitSet begun = new BitSet();
    private final BitSet done = new BitSet();
    private @Nullable Exception failure;

    /// What brings a step.
    interface Way {
        /// @param turn to be awaited before the request is complete
        void bring(LoadStep step, Turn turn) throws IOException;
    }

    /// A step's turn, which comes when those before it are done.
    interface Turn {
        /// Waits, but not for longer than `patience`.
        ///
        /// @return whether the turn has come
        /// @throws IOException if it will not come, because another step failed
        boolean await(Duration patience) throws IOException;
    }

    private LoadSteps(List<LoadStep> plan, boolean early, Way way) {
        this.plan = plan;
        this.early = early;
        this.way = way;
    }

    /// Brings all of `plan`. After a failure none is begun any more, and what waits for its turn is given up.
    ///
    /// @param early whether a step may begin when those before it have begun
    static void bring(List<LoadStep> plan, boolean early, Way way) throws IOException {
        var steps = new LoadSteps(plan, early, way);
        Pair.run(plan.size() == 1 ? List.of(steps::work) : List.of(steps::work, steps::work));
        if (steps.failure instanceof IOException io) {
            throw io;
        }
        if (steps.failure instanceof RuntimeException bug) {
            throw bug;
        }
    }

    private void work() throws IOException {
        for (var next = next(); next.isPresent(); next = next()) {
            var number = next.getAsInt();
            try {
                way.bring(plan.get(number), patience -> await(number, patience));
                end(number);
            } catch (IOException | RuntimeException why) {
                fail(why);
            }
        }
    }

    private synchronized OptionalInt next() throws IOException {
        while (failure == null && begun.cardinality() < plan.size()) {
            var next = first(done);
            if (next.isEmpty() && early) {
                next = first(begun);
            }
            if (next.isPresent()) {
                begun.set(next.getAsInt());
                return next;
            }
            pause(0);
        }
        return OptionalInt.empty();
    }

    private OptionalInt first(BitSet enough) {
        for (var number = begun.nextClearBit(0); number < plan.size(); number = begun.nextClearBit(number + 1)) {
            if (plan.get(number).after().stream().allMatch(enough::get)) {
                return OptionalInt.of(number);
            }
        }
        return OptionalInt.empty();
    }

    private synchronized boolean await(int number, Duration patience) throws IOException {
        var end = System.nanoTime() + patience.toNanos();
        while (!plan.get(number).after().stream().allMatch(done::get)) {
            if (failure != null) {
                throw new IOException("another part of the load failed", failure);
            }
            var left = end - System.nanoTime();
            if (left <= 0) {
                return false;
            }
            pause(left / 1_000_000 + 1);
        }
        return true;
    }

    private synchronized void end(int number) {
        done.set(number);
        notifyAll();
    }

    private synchronized void fail(Exception why) {
        if (failure == null) {
            failure = why;
        }
        notifyAll();
    }

    /// @param millis 0 for as long as it takes
    private void pause(long millis) throws InterruptedIOException {
        try {
            wait(millis);
        } catch (InterruptedException asked) {
            throw WorkFailure.of(asked);
        }
    }
}
