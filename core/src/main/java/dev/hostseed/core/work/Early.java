package dev.hostseed.core.work;

import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;

/// A question that is asked by a thread of its own, while whoever wants the answer has something else to do.
public final class Early<T> {
    private final Callable<T> question;
    private final FutureTask<T> asked;
    private final AtomicBoolean heard = new AtomicBoolean();

    private Early(Callable<T> question) {
        this.question = question;
        this.asked = new FutureTask<>(question);
    }

    /// Begins to ask. A process does not wait for the answer at its end.
    public static <T> Early<T> ask(Callable<T> question) {
        var early = new Early<>(question);
        Thread.ofPlatform().daemon().start(early.asked);
        return early;
    }

    /// The answer, or why there is none: the first time what came of asking early, and what comes of asking anew after
    /// that.
    public T answer() throws IOException {
        var once = heard.getAndSet(true) ? new FutureTask<>(question) : asked;
        once.run(); // unless it runs already
        try {
            return once.get();
        } catch (ExecutionException failure) {
            throw WorkFailure.of(failure);
        } catch (InterruptedException stop) {
            throw WorkFailure.of(stop);
        }
    }
}
