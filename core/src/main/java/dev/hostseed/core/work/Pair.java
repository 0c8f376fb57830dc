package dev.hostseed.core.work;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two threads for work that is bound by the processor; more does not help where a daemon wants its share.
public final class Pair {
    private Pair() {}

    public interface Work {
        void run() throws IOException;
    }

    /// Does all of `work`, beginning in its order.
    ///
    /// @throws IOException the first failure in the order of `work`; what had not begun by then is not done
    public static void run(List<Work> work) throws IOException {
        if (work.size() == 1) {
            work.getFirst().run();
            return;
        }
        try (var threads = Executors.newFixedThreadPool(2)) {
            var running = new ArrayList<Future<?>>();
            for (var one : work) {
                running.add(threads.submit(() -> {
                    one.run();
                    return null;
                }));
            }
            try {
                for (var one : running) {
                    one.get();
                }
            } catch (ExecutionException failure) {
                running.forEach(one -> one.cancel(false));
                throw WorkFailure.of(failure);
            } catch (InterruptedException asked) {
                running.forEach(one -> one.cancel(false));
                throw WorkFailure.of(asked);
            }
        }
    }
}
