package dev.hostseed.core.image;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineLostException;
import dev.hostseed.core.engine.EngineUnreachableException;
import java.io.IOException;
import java.time.Duration;

/// What to do when a connection breaks off: the Engine may have been restarted, and comes back.
final class Restarts {
    private static final int TRIES = 3;
    private static final Duration RESTART = Duration.ofSeconds(60);

    private Restarts() {}

    interface Attempt<T> {
        /// To be made again from the start.
        T make() throws IOException;
    }

    /// Makes `attempt` up to three times, after each failure when the Engine answers again. A refusal, a bad bundle, a
    /// disk that cannot be read and silence are final: another attempt would meet them again.
    ///
    /// @param progress is told that the Engine is waited for
    static <T> T survive(Engine engine, Progress progress, Attempt<T> attempt) throws IOException {
        for (var tries = 1; ; tries++) {
            try {
                return attempt.make();
            } catch (EngineLostException | EngineUnreachableException lost) {
                if (tries == TRIES) {
                    throw lost;
                }
                engine.await(RESTART, why -> progress.at("waiting for the Docker Engine, which went away", 0, 0));
            }
        }
    }
}
