package dev.hostseed.cli.host;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.image.BundleLoader;
import java.io.IOException;

/// What a verb will need, made ready by a thread of its own while the verb reads its files: on one of two processors it
/// is ready by then.
final class WarmUp {
    private WarmUp() {}

    /// For what speaks to an Engine.
    static void engine() {
        begin(Engine::warmUp);
    }

    /// For a load into `engine`.
    ///
    /// @param isNew whether there will be something to load
    static void load(Engine engine, boolean isNew) {
        begin(() -> {
            Engine.warmUp();
            try {
                engine.ping();
                if (isNew) {
                    BundleLoader.warmUp();
                }
            } catch (IOException again) {
                // is met when the answer is needed
            }
        });
    }

    private static void begin(Runnable work) {
        Thread.ofPlatform().daemon().name("warm-up").start(work);
    }
}
