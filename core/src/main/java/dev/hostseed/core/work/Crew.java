package dev.hostseed.core.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Threads for work that waits for the network. The first failure ends all of them.
public final class Crew {
    private Crew() {}

    /// Does all of `work`, `threads` at a time, beginning in its order.
    ///
    /// @return what came of each, in the order of `work`
    /// @throws IOException the failure that came first; what ran then was interrupted, and has ended
    public static <T> List<T> run(int threads, List<Callable<T>> work) throws IOException {
        try (var executor = Executors.newFixedThreadPool(threads)) {
            var ended = new ExecutorCompletionService<T>(executor);
            var running = new ArrayList<Future<T>>();
            work.forEach(one -> running.add(ended.submit(one)));
            try {
                for (var i = 0; i < running.size(); i++) {
                    ended.take().get();
                }
                var results = new ArrayList<T>();
                for (var one : running) {
                    results.add(one.resultNow());
                }
                return results;
            } catch (ExecutionException failure) {
                executor.shutdownNow();
                throw WorkFailure.of(failure);
            } catch (InterruptedException asked) {
                executor.shutdownNow();
                throw WorkFailure.of(asked);
            }
        }
    }
}
