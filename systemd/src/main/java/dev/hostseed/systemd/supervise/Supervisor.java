package dev.hostseed.systemd.supervise;

import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.engine.EngineUnreachableException;
import dev.hostseed.systemd.notify.Notifier;
import dev.hostseed.systemd.notify.Watchdog;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The life of one container, seen by the main process of its unit. Several of these may live in one process.
///
/// A container of the same definition that already runs is adopted; so neither a killed or upgraded supervisor nor,
/// with live-restore, a restarted Engine costs it anything. Its end is seen by a pidfd and not by the Engine.
public final class Supervisor {
    /// How a run ends that was stopped; whatever the container's own exit status was.
    public static final int STOPPED = 0;

    /// How a run ends that somebody else ended by removing the container.
    public static final int REMOVED = 6;

    /// How a run ends whose container ended together with the Engine: to be started again, whatever the policy.
    public static final int ENGINE_WENT = 75;

    private static final int KILLED = 137; // 128 + SIGKILL
    private static final Duration ENGINE_START = Duration.ofMinutes(5);
    private static final Duration ENGINE_RETURN = Duration.ofSeconds(45);
    private static final Duration TO_END = Duration.ofSeconds(1);
    private static final Duration POLL = Duration.ofMillis(250);
    private static final Duration GLANCE = Duration.ofSeconds(30);
    private static final Duration WHEN_STOPPING = Duration.ofSeconds(2);

    private final ContainerDefinition definition;
    private final Surroundings around;
    private final RunFiles files;
    private final Notifier notifier;
    private final Watchdog watchdog;
    private final Container container;
    private final Images images;
    private final Grants grants;
    private final StartHooks hooks;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final CountDownLatch settled = new CountDownLatch(1);

    private @Nullable OutOfMemory memory;
    private volatile @Nullable Inspection started;
    private volatile @Nullable Pidfd process;
    private volatile boolean ended;

    public Supervisor(ContainerDefinition definition, Surroundings around) {
        this.definition = definition;
        this.around = around;
        this.files = RunFiles.of(around, definition);
        this.notifier = Notifier.of(around.environment());
        this.watchdog = Watchdog.of(around.environment(), notifier);
        this.container = new Container(definition, around.engine(), around.reporter());
        this.images = new Images(definition, around, notifier);
        this.grants = new Grants(definition, around);
        this.hooks = new StartHooks(definition, around, files);
    }

    /// Supervises until the container has ended, as the one thing that this process does: SIGTERM stops the container
    /// and ends the process with status 0.
    ///
    /// @return the container's exit status, or one of the constants above
    public int runAsMainProcess() throws IOException {
        var hook = new Thread(this::stopAndHalt, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        return run();
    }

    /// Supervises until the container has ended or [#stop] was called.
    ///
    /// @return the container's exit status, or one of the constants above
    /// @throws EngineUnreachableException if the Engine did not come up
    /// @throws NoImageException if it does not have the image, and nor after it was to be loaded again
    /// @throws EngineRefusedException if it cannot make or start the container
    /// @throws HookFailedException if a hook after its start failed; the container was stopped then
    /// @throws PolicyException if the container's name belongs to somebody else, or a secret is open to others
    public int run() throws IOException {
        try {
            if (definition.once() && Stamp.of(around, definition).isSet()) {
                around.reporter()
                        .report("this was done before; "
                                + Stamp.of(around, definition).file() + " says so");
                return 0;
            }
            var patience = Patience.begin(notifier);
            try {
                files.forgetStop();
                begin();
                awaitReady(patience);
            } finally {
                patience.end();
            }
            return awaitEnd();
        } catch (StopAsked asked) {
            return STOPPED;
        } catch (IOException failure) {
            if (stop.getCount() == 0) {
                return STOPPED;
            }
            throw failure;
        } finally {
            ended = stop.getCount() > 0;
            settled.countDown();
        }
    }

    /// Stops the container, and kills it when its time is over; then removes it. Does not wait for the Engine longer
    /// than two seconds a call. May be called from any thread; [#run] ends with [#STOPPED].
    ///
    /// @return whether there was anything to stop; false if the run was already over
    public boolean stop() {
        if (ended) {
            return false;
        }
        stop.countDown();
        notifier.stopping("stopping");
        new Stop(definition, around.engine().withIdleTimeout(WHEN_STOPPING), around.reporter(), files)
                .stop(settled, () -> process, () -> started);
        return true;
    }

    /// Clears up after a supervisor that has ended: `ExecStopPost=`. A container whose supervisor was killed without
    /// a stop being asked for stays, for the next one to adopt; any other of this service is removed. Where the
    /// Engine does not answer within two seconds, the container is killed by its cgroup.
    ///
    /// @throws IOException if a container that should be gone may still be there
    public static void clean(ContainerDefinition definition, Surroundings around) throws IOException {
        new Cleanup(definition, around, RunFiles.of(around, definition)).run();
    }

    private void stopAndHalt() {
        if (stop()) {
            Runtime.getRuntime().halt(STOPPED);
        }
    }

    private void begin() throws IOException {
        awaitEngine(ENGINE_START);
        var found = container.find();
        if (found.isPresent()) {
            container.refuseForeign(found.get());
            if (found.get().running()
                    && found.get().isFrom(definition)
                    && hooks.ranIn(found.get().id())) {
                around.reporter().report("adopting the running container of this definition");
                note(found.get());
                return;
            }
        }
        notifier.status("creating the container");
        images.require(this::pausesOn);
        if (found.isPresent()) {
            replace(found.get());
        }
        checkStop();
        grants.place();
        container.create(grants.mountedIn(definition.create()));
        checkStop();
        container.start();
        var running = container
                .find()
                .orElseThrow(() -> new EngineRefusedException(404, "the container vanished at its start"));
        note(running);
        runHooks(running);
    }

    /// Where the container ended meanwhile, its own end is what counts, and not that of the hook.
    private void runHooks(Inspection running) throws IOException {
        if (hooks.isEmpty()) {
            return;
        }
        notifier.status("running post_start");
        var failure = hooks.run(running.id(), this::pausesOn);
        if (!failure.isEmpty() && !hasEnded(running)) {
            container.stopAndRemove();
            started = null;
            throw new HookFailedException("post_start failed: " + failure);
        }
    }

    /// Whether the container has ended, or is about to: its end takes its hooks with it, and they may be gone first.
    private boolean hasEnded(Inspection running) throws IOException {
        try (var held = Pidfd.open(running.pid())) {
            if (held != null && !held.awaitEnd(TO_END)) {
                return false;
            }
        }
        for (var seen = look(); seen != null && seen.pid() == running.pid(); seen = look()) {
            pause(POLL); // until the Engine knows it, too
        }
        return true;
    }

    private void replace(Inspection old) throws IOException {
        if (old.running()) {
            around.reporter()
                    .report(
                            old.isFrom(definition)
                                    ? "stopping the container in which post_start did not end"
                                    : "stopping the container of another definition");
            container.stopAndRemove();
        } else {
            container.remove();
        }
    }

    private void note(Inspection inspection) throws IOException {
        files.remember(inspection.id());
        started = inspection;
        checkStop();
    }

    /// Sends READY=1 when the container runs, or is healthy if it has a check. A job is never ready; neither is a
    /// container that ends before.
    private void awaitReady(Patience patience) throws IOException {
        var health = "";
        for (var seen = started; seen != null && seen.running() && !definition.job(); seen = look()) {
            if (seen.status().equals("paused")) {
                around.reporter().report("the container is paused; it was left so");
            }
            if (seen.health().isEmpty() || seen.health().equals("healthy")) {
                notifier.ready(seen.health().isEmpty() ? "running" : "healthy");
                return;
            }
            if (!seen.health().equals(health)) {
                health = seen.health();
                notifier.status(health);
            }
            if (health.equals("unhealthy")) {
                patience.end(); // from here on the clock of systemd runs
            }
            pause(POLL);
        }
    }

    /// The container as it is now; as it was if the Engine does not say and it still runs.
    private @Nullable Inspection look() throws IOException {
        try {
            var seen = container.find();
            if (seen.isPresent()) {
                started = seen.get();
            }
            return seen.orElse(null);
        } catch (IOException away) {
            var before = started;
            return before != null && before.isOnHost() ? before : null;
        }
    }

    private int awaitEnd() throws IOException {
        while (true) {
            var running = started;
            if (running != null && running.running()) {
                awaitDeath(running);
            }
            checkStop();
            var code = exitCode(running == null ? 0 : running.pid());
            if (code.isPresent()) {
                if (definition.once() && code.get() == 0) {
                    Stamp.of(around, definition).set();
                }
                return code.get();
            }
        }
    }

    private void awaitDeath(Inspection running) throws IOException {
        memory = OutOfMemory.watch(Slices.of(definition, around.cgroups()));
        try (var held = Pidfd.open(running.pid())) {
            if (held == null || !isStill(running, held)) {
                return; // it ended, and its number may be another's
            }
            process = held;
            settled.countDown();
            var status = running.health() + running.status();
            var glanced = System.nanoTime();
            while (!held.awaitEnd(watchdog.within(GLANCE))) {
                watchdog.beat();
                if (System.nanoTime() - glanced >= GLANCE.toNanos()) {
                    glanced = System.nanoTime();
                    status = glance(status);
                }
            }
        } finally {
            process = null;
        }
    }

    private boolean isStill(Inspection running, Pidfd held) throws IOException {
        while (true) {
            try {
                var again = container.find();
                return again.isPresent() && again.get().pid() == running.pid();
            } catch (IOException away) {
                checkStop();
                watchdog.beat();
                if (held.awaitEnd(POLL)) {
                    return false;
                }
            }
        }
    }

    /// Keeps `systemctl status` true; the Engine may take a moment, but not our attention.
    private String glance(String before) {
        try {
            var quick = new Container(definition, around.engine().withIdleTimeout(WHEN_STOPPING), around.reporter());
            var seen = quick.find();
            var status =
                    seen.isEmpty() ? before : seen.get().health() + seen.get().status();
            if (seen.isPresent() && !status.equals(before)) {
                var words = seen.get().health().isEmpty()
                        ? seen.get().status()
                        : seen.get().health();
                notifier.status(words);
                around.reporter().report("the container is " + words);
            }
            return status;
        } catch (IOException away) {
            return before;
        }
    }

    /// The container's exit status, or one of our constants; nothing if it runs again, so that there is another process
    /// to wait for.
    private Optional<Integer> exitCode(int pid) throws IOException {
        var away = false;
        var deadline = System.nanoTime() + ENGINE_RETURN.toNanos();
        while (System.nanoTime() < deadline) {
            try {
                var seen = container.find();
                if (seen.isEmpty()) {
                    around.reporter().report("the container was removed by somebody else");
                    return Optional.of(away ? ENGINE_WENT : REMOVED);
                }
                if (!seen.get().running()) {
                    return Optional.of(exitCode(seen.get(), away));
                }
                if (seen.get().pid() != pid) {
                    started = seen.get();
                    return Optional.empty();
                }
            } catch (IOException notNow) {
                if (!away) {
                    around.reporter().report("the container ended; waiting for the Docker Engine to say how");
                }
                away = true;
            }
            pause(POLL);
        }
        around.reporter().report("the Docker Engine does not say how the container ended");
        return Optional.of(ENGINE_WENT);
    }

    private int exitCode(Inspection seen, boolean engineWasAway) {
        var slice = memory;
        if (seen.outOfMemory() || seen.exitCode() == KILLED && slice != null && slice.happened()) {
            var limit = slice == null ? "" : slice.limit();
            around.reporter().report("the container was killed because it was out of memory" + limit);
        }
        if (engineWasAway && seen.exitCode() == 0 && !definition.job()) {
            return ENGINE_WENT; // an Engine without live-restore stops its containers when it goes
        }
        around.reporter().report("the container ended with status " + seen.exitCode());
        return seen.exitCode();
    }

    private void awaitEngine(Duration time) throws IOException {
        var deadline = System.nanoTime() + time.toNanos();
        var told = false;
        while (true) {
            try {
                around.engine().ping();
                return;
            } catch (IOException away) {
                if (System.nanoTime() > deadline) {
                    throw away;
                }
                if (!told) {
                    told = true;
                    notifier.status("waiting for the Docker Engine");
                    around.reporter().report(String.valueOf(away.getMessage()));
                }
            }
            pause(POLL);
        }
    }

    private void pause(Duration time) throws StopAsked {
        watchdog.beat();
        try {
            if (stop.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StopAsked();
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
            throw new StopAsked();
        }
    }

    private boolean pausesOn() throws StopAsked {
        pause(POLL);
        return true;
    }

    private void checkStop() throws StopAsked {
        if (stop.getCount() == 0) {
            throw new StopAsked();
        }
    }

    /// Unwinds [#run] when [#stop] was called.
    private static final class StopAsked extends IOException {}
}
