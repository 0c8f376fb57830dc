package dev.hostseed.core.image;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// What to do when a connection breaks off: the Engine may have been restarted, and comes back.
final class Restarts {
    private static final int TRIES = 3;
    private static final int PINGS = 120;
    private static final Duration BETWEEN_PINGS = Duration.ofMillis(500);

    private Restarts() {}

    interface Attempt<T> {
        /// To be made again from the start.
        T make() throws IOException;
    }

    /// Makes `attempt` up to three times, after each failure when the Engine answers again. A refusal, a bad bundle and
    /// silence are final: another attempt would meet them again.
    static <T> T survive(Engine engine, Attempt<T> attempt) throws IOException {
        for (var tries = 1; ; tries++) {
            try {
                return attempt.make();
            } catch (EngineRefusedException | BadBundleException | SocketTimeoutException decided) {
                throw decided;
            } catch (IOException lost) {
                if (tries == TRIES) {
                    throw lost;
                }
                awaitEngine(engine, lost);
            }
        }
    }

    private static void awaitEngine(Engine engine, IOException lost) throws IOException {
        for (var pings = 0; pings < PINGS; pings++) {
            try {
                engine.ping();
                return;
            } catch (IOException notYet) {
                pause(lost);
            }
        }
        throw lost;
    }

    private static void pause(IOException lost) throws IOException {
        try {
            Thread.sleep(BETWEEN_PINGS);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw lost;
        }
    }
}
