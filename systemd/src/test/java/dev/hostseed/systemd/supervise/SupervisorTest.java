package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.engine.EngineRefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SupervisorTest {
    private static final ContainerDefinition WEB =
            Services.define(Services.shell("web", "exit 0"), StatefulEngine.IMAGE);
    private static final Map<String, String> OURS =
            Map.of("hostseed.project", "shop", "hostseed.service", "web", "hostseed.config", WEB.config());
    private static final String CREATE = "POST /containers/create";
    private static final String START = "POST /containers/shop-web/start";
    private static final String REMOVE = "DELETE /containers/0123456789abcdef";

    @TempDir
    private Path directory;

    private final List<String> lines = new CopyOnWriteArrayList<>();
    private List<String> load = List.of("false");
    private StatefulEngine engine;
    private AFUNIXDatagramChannel systemd;

    @BeforeEach
    void open() throws IOException {
        engine = new StatefulEngine(directory);
        systemd = AFUNIXDatagramChannel.open();
        systemd.bind(AFUNIXSocketAddress.of(directory.resolve("notify")));
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        systemd.close();
    }

    @Test
    void a_running_container_of_this_definition_is_adopted() throws Exception {
        engine.running(OURS);

        var run = start(supervisor());
        await("READY=1");
        engine.end(7);

        assertThat(run.call()).isEqualTo(7);
        assertThat(engine.changes()).isEmpty();
    }

    @Test
    void one_of_another_definition_is_stopped_removed_and_made_again() throws Exception {
        engine.running(Map.of("hostseed.project", "shop", "hostseed.service", "web", "hostseed.config", "old"));

        var run = start(supervisor());
        await("READY=1");
        engine.end(0);

        assertThat(run.call()).isZero();
        assertThat(engine.changes()).containsExactly("POST /containers/shop-web/stop", REMOVE, CREATE, START);
    }

    @Test
    void a_foreign_one_is_refused_and_not_touched() throws IOException {
        engine.running(Map.of("hostseed.project", "other"));

        assertThatThrownBy(() -> supervisor().run())
                .isInstanceOf(PolicyException.class)
                .hasMessageContaining("belongs to container 0123456789ab");
        assertThat(engine.changes()).isEmpty();
    }

    @Test
    void one_that_does_not_start_is_removed_and_the_engine_quoted() {
        engine.startFailure = "port is already allocated";

        assertThatThrownBy(() -> supervisor().run())
                .isInstanceOf(EngineRefusedException.class)
                .hasMessage("port is already allocated");
        assertThat(engine.changes()).containsExactly(CREATE, START, REMOVE);
    }

    @Test
    void an_image_that_was_replaced_is_told_with_what_loads_it() {
        engine.image = () -> "sha256:" + "b".repeat(64);
        load = List.of("touch", directory.resolve("loaded").toString());

        assertThatThrownBy(() -> supervisor().run())
                .isInstanceOf(NoImageException.class)
                .hasMessageContaining("was replaced by sha256:bbb")
                .hasMessageEndingWith("; touch " + directory + "/loaded brings it back");
        assertThat(engine.changes()).isEmpty();
        assertThat(directory.resolve("loaded")).doesNotExist();
    }

    @Test
    void D19_an_image_that_somebody_removed_is_loaded_again_before_its_container_is_made() throws Exception {
        var loaded = directory.resolve("loaded");
        engine.image = () -> Files.exists(loaded) ? StatefulEngine.IMAGE : "";
        load = List.of("sh", "-c", "echo of no interest; touch " + loaded);

        var run = start(supervisor());
        await("STATUS=waiting for the image " + Services.IMAGE + " to be loaded again");
        await("READY=1");
        engine.end(0);

        assertThat(run.call()).isZero();
        assertThat(engine.changes()).containsExactly(CREATE, START);
        assertThat(lines)
                .contains("the image " + Services.IMAGE
                        + " is not in the Docker Engine: sh -c echo of no interest; touch " + loaded
                        + " loads it again")
                .doesNotContain("of no interest");
    }

    @Test
    void D19_one_that_cannot_be_loaded_again_is_told_with_what_would_load_it() {
        engine.image = () -> "";

        for (var failing : List.of(List.of("sh", "-c", "echo no bundle >&2; exit 4"), List.of("/no/such/program"))) {
            load = failing;
            assertThatThrownBy(() -> supervisor().run())
                    .isInstanceOf(NoImageException.class)
                    .hasMessageStartingWith("the image " + Services.IMAGE + " is not in the Docker Engine")
                    .hasMessageEndingWith("; " + String.join(" ", failing) + " brings it back");
        }
        assertThat(lines)
                .contains("sh -c echo no bundle >&2; exit 4 ended with status 4: no bundle")
                .anyMatch(line -> line.contains("cannot run /no/such/program"));
        assertThat(engine.changes()).isEmpty();
    }

    @Test
    void D19_a_stop_does_not_wait_for_what_loads_an_image() throws Exception {
        engine.image = () -> "";
        load = List.of("sleep", "600");
        var supervisor = supervisor();
        var run = start(supervisor);
        await("STATUS=waiting for the image");

        assertThat(supervisor.stop()).isTrue();

        assertThat(run.call()).isEqualTo(Supervisor.STOPPED);
        assertThat(engine.changes()).isEmpty();
    }

    @Test
    void what_the_engine_warns_of_is_reported() throws Exception {
        engine.warning = "\"no swap limit support\"";

        var run = start(supervisor());
        await("READY=1");
        engine.end(0);

        assertThat(run.call()).isZero();
        assertThat(lines).contains("the Docker Engine warns: no swap limit support");
    }

    @Test
    void one_that_is_never_healthy_is_never_ready_and_gets_no_more_time() throws Exception {
        engine.health = "starting";
        var run = start(supervisor());
        await("STATUS=starting");

        engine.health = "unhealthy";
        await("STATUS=unhealthy");
        engine.end(1);

        assertThat(run.call()).isEqualTo(1);
        assertThat(rest()).noneMatch(message -> message.contains("READY=1") || message.contains("EXTEND"));
    }

    @Test
    void a_stop_while_the_container_is_unhealthy_ends_and_removes_it() throws Exception {
        engine.health = "unhealthy";
        var supervisor = supervisor();
        var run = start(supervisor);
        await("STATUS=unhealthy");

        assertThat(supervisor.stop()).isTrue();

        assertThat(run.call()).isEqualTo(Supervisor.STOPPED);
        assertThat(engine.hasContainer()).isFalse();
    }

    @Test
    void a_stop_while_the_container_is_made_leaves_none() throws Exception {
        var supervisor = supervisor();
        var stopping = new FutureTask<>(supervisor::stop);
        engine.whenCreated = () -> {
            Thread.ofPlatform().start(stopping);
            awaitMark();
        };

        assertThat(supervisor.run()).isEqualTo(Supervisor.STOPPED);
        assertThat(stopping.get(20, TimeUnit.SECONDS)).isTrue();

        assertThat(engine.changes()).doesNotContain(START);
        assertThat(engine.hasContainer()).isFalse();
    }

    @Test
    void a_stop_while_the_engine_is_away_does_not_wait_for_it() throws Exception {
        engine.close();
        var supervisor = supervisor();
        var run = start(supervisor);
        await("STATUS=waiting for the Docker Engine");

        assertThat(supervisor.stop()).isTrue();

        assertThat(run.call()).isEqualTo(Supervisor.STOPPED);
    }

    @Test
    void an_engine_that_goes_before_the_container_is_healthy_hides_no_death() throws Exception {
        engine.health = "starting";
        var supervisor = supervisor();
        var run = start(supervisor);
        await("STATUS=starting");

        engine.close();

        awaitLine("the container ended; waiting for the Docker Engine to say how");
        supervisor.stop();
        assertThat(run.call()).isEqualTo(Supervisor.STOPPED);
    }

    @Test
    void a_kill_that_the_slice_counts_is_told_as_out_of_memory() throws Exception {
        var slice = Files.createDirectories(directory.resolve("shop.slice/shop-web.slice"));
        Files.writeString(slice.resolve("memory.events"), "low 0\noom 4\noom_kill 1\n");
        Files.writeString(slice.resolve("memory.max"), "67108864\n");
        var run = start(supervisor(Map.of("WATCHDOG_USEC", "100000")));
        await("WATCHDOG=1"); // twice: from here on the loop that waits for the end turns
        await("WATCHDOG=1");

        Files.writeString(slice.resolve("memory.events"), "low 0\noom 5\noom_kill 2\n");
        engine.end(137);

        assertThat(run.call()).isEqualTo(137);
        assertThat(lines)
                .contains("the container was killed because it was out of memory;"
                        + " the limit of its slice is 67108864 bytes");
    }

    private Supervisor supervisor() {
        return supervisor(Map.of());
    }

    private Supervisor supervisor(Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put("NOTIFY_SOCKET", directory.resolve("notify").toString());
        return new Supervisor(
                WEB,
                new Surroundings(
                        engine.engine(),
                        directory,
                        directory.resolve("run"),
                        directory.resolve("done"),
                        directory,
                        environment,
                        load,
                        lines::add));
    }

    private static Callable<Integer> start(Supervisor supervisor) {
        var run = new FutureTask<>(supervisor::run);
        Thread.ofPlatform().daemon().start(run);
        return () -> run.get(30, TimeUnit.SECONDS);
    }

    private void await(String text) throws IOException {
        systemd.configureBlocking(true);
        while (!received().contains(text)) {
            // those before it are forgotten
        }
    }

    /// What systemd was told since [#await].
    private List<String> rest() throws IOException {
        systemd.configureBlocking(false);
        var rest = new CopyOnWriteArrayList<String>();
        for (var message = received(); !message.isEmpty(); message = received()) {
            rest.add(message);
        }
        return rest;
    }

    private String received() throws IOException {
        var buffer = ByteBuffer.allocate(4096);
        systemd.receive(buffer);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    private void awaitMark() {
        try {
            while (Files.notExists(directory.resolve("run/web.stopping"))) {
                Thread.sleep(10);
            }
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLine(String line) throws InterruptedException {
        for (var tries = 0; tries < 300 && !lines.contains(line); tries++) {
            Thread.sleep(100);
        }
        assertThat(lines).contains(line);
    }
}
