package dev.hostseed.cli.host;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Digest;

/// What a verb will need, made ready by a thread of its own while the verb reads its files: on one of two processors it
/// is ready by then.
final class WarmUp {
    private static final int UNTIL_COMPILED = 256 << 10; // bytes, after which a digest is compiled code

    private WarmUp() {}

    static void begin(String verb) {
        switch (verb) {
            case "load" ->
                begin(() -> {
                    Engine.warmUp();
                    Digest.of(new byte[UNTIL_COMPILED]);
                });
            case "run", "ensure", "prune" -> begin(Engine::warmUp);
            default -> {}
        }
    }

    private static void begin(Runnable work) {
        Thread.ofPlatform().daemon().name("warm-up").start(work);
    }
}
