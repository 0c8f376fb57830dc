package dev.hostseed.systemd.supervise;

import dev.hostseed.core.engine.Engine;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Brings a container down that somebody else is supervising.
///
/// @param engine an impatient one: once a stop was asked for, the Engine's own stop may be waiting for us
record Stop(ContainerDefinition definition, Engine engine, Reporter reporter, RunFiles files) {
    private static final Duration AFTER_KILL = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final long SETTLE_SECONDS = 2;

    /// @param settled when the one who supervises will touch the container no more
    /// @param process held by the one who supervises; null before it is ready, and after its end
    /// @param started the container as last seen; null if there is none yet
    void stop(CountDownLatch settled, Supplier<@Nullable Pidfd> process, Supplier<@Nullable Inspection> started) {
        tryTo("leave a mark", files::askForStop);
        try {
            if (!settled.await(SETTLE_SECONDS, TimeUnit.SECONDS)) {
                reporter.report("stopped while the Docker Engine is at work; what it makes is removed afterwards");
                return;
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
        var seen = started.get();
        if (seen != null) {
            var held = process.get();
            if (held != null) {
                tryTo("stop the container", () -> end(held, seen.stopSignal()));
            } else {
                tryTo("stop the container", () -> endUnheld(seen));
            }
        }
        tryTo("remove the container", () -> container().remove());
    }

    private void endUnheld(Inspection seen) throws IOException {
        if (!seen.running()) {
            return;
        }
        try (var held = Pidfd.open(seen.pid())) {
            if (held != null && isStill(seen)) {
                end(held, seen.stopSignal());
            }
        }
    }

    /// Whether the number of the process is still the container's; without the Engine its cgroup tells.
    private boolean isStill(Inspection seen) {
        try {
            var again = container().find();
            return again.isPresent() && again.get().pid() == seen.pid();
        } catch (IOException away) {
            return seen.isOnHost();
        }
    }

    /// Runs the hooks before the stop, for at most the container's grace. The stop goes on whatever comes of them: a
    /// host
    /// that goes down does not wait for one.
    private void runHooks(Pidfd held) throws IOException {
        var exec = new Exec(definition.name(), engine, reporter);
        var deadline = System.nanoTime() + definition.grace().toNanos();
        for (var hook : definition.hooks().preStop()) {
            var status = exec.run(hook, () -> !held.awaitEnd(POLL) && System.nanoTime() < deadline);
            if (status.isEmpty() || status.getAsInt() != 0) {
                var how = status.isEmpty() ? "did not end in time" : "ended with status " + status.getAsInt();
                reporter.report("pre_stop " + how + "; stopping the container all the same");
                return;
            }
        }
    }

    private void end(Pidfd held, String signal) throws IOException {
        tryTo("run pre_stop", () -> runHooks(held));
        var number = Signals.number(signal);
        if (number == 0) {
            container().signal(signal);
        } else {
            held.signal(number);
        }
        if (!held.awaitEnd(definition.grace())) {
            reporter.report(
                    "the container did not end within " + definition.grace().toSeconds() + " s; killing it");
            held.signal(Signals.KILL);
            held.awaitEnd(AFTER_KILL);
        }
    }

    private Container container() {
        return new Container(definition, engine, reporter);
    }

    private void tryTo(String what, Step step) {
        try {
            step.take();
        } catch (IOException failure) {
            reporter.report("could not " + what + ": " + failure.getMessage() + ", ignoring");
        }
    }

    @FunctionalInterface
    private interface Step {
        void take() throws IOException;
    }
}
