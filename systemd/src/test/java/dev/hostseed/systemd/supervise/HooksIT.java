package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.Hooks;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What runs around the life of a container, with a real Engine.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HooksIT {
    private static final String GENTLE = "trap 'exit 0' TERM; while :; do sleep 1 & wait; done";

    private final TestEngine daemon;
    private final String imageId;

    HooksIT() throws IOException, InterruptedException {
        daemon = TestEngine.start(true);
        daemon.busybox(Services.IMAGE);
        imageId = daemon.docker("image", "inspect", "--format", "{{.Id}}", Services.IMAGE);
    }

    @AfterAll
    void stop() throws IOException {
        daemon.close();
    }

    @Test
    void systemd_is_told_of_readiness_when_the_hooks_after_the_start_have_ended(@TempDir Path directory)
            throws Exception {
        var wait = Services.command("while ! test -e /tmp/go; do sleep 1; done");
        var last = Services.command("echo hook $HOOK; echo wrong >&2; echo -n half");
        try (var unit = unit(directory, "started", hooks(List.of(wait, last), List.of()))) {
            var supervisor = unit.start();
            unit.await("STATUS=running post_start");
            assertThat(unit.wasTold("READY=1")).isFalse();

            daemon.docker("exec", "shop-started", "/bin/touch", "/tmp/go");

            unit.await("READY=1");
            assertThat(unit.log().lines()).contains("hook yes", "wrong", "half");
            supervisor.destroy();
            assertThat(exitOf(supervisor)).isZero();
        }
    }

    @Test
    void a_hook_that_fails_after_the_start_stops_the_container_and_fails_the_unit(@TempDir Path directory)
            throws Exception {
        var hooks = hooks(List.of(Services.command("exit 7"), Services.command("echo second")), List.of());
        try (var unit = unit(directory, "failing", hooks)) {
            assertThat(exitOf(unit.start())).isEqualTo(6);

            assertThat(unit.log())
                    .contains("post_start failed: it ended with status 7")
                    .doesNotContain("second");
            assertThat(unit.wasTold("READY=1")).isFalse();
            assertThat(containers()).doesNotContain("shop-failing");
        }
    }

    @Test
    void a_hook_that_cannot_be_run_fails_too(@TempDir Path directory) throws Exception {
        var absent = new Hooks.Command(List.of("/no/such/program"), new TreeMap<>(), "", "", false);
        try (var unit = unit(directory, "absent", hooks(List.of(absent), List.of()))) {
            assertThat(exitOf(unit.start())).isEqualTo(6);

            assertThat(unit.log()).contains("post_start failed").contains("/no/such/program");
            assertThat(containers()).doesNotContain("shop-absent");
        }
    }

    @Test
    void where_the_container_ends_before_its_hook_its_own_status_counts(@TempDir Path directory) throws Exception {
        var service =
                Services.hooked("brief", "sleep 1; exit 3", hooks(List.of(Services.command("sleep 60")), List.of()));
        try (var unit = new Unit(daemon, directory, Services.define(service, imageId))) {
            assertThat(exitOf(unit.start())).isEqualTo(3);
        }
    }

    @Test
    void a_killed_supervisor_whose_hooks_have_ended_runs_none_again(@TempDir Path directory) throws Exception {
        try (var unit = unit(directory, "adopted", hooks(List.of(Services.command("echo once")), List.of()))) {
            var first = unit.start();
            unit.await("READY=1");
            first.destroyForcibly().waitFor();

            var second = unit.start();
            unit.await("READY=1");

            assertThat(unit.log().lines().filter("once"::equals)).hasSize(1);
            second.destroy();
            assertThat(exitOf(second)).isZero();
        }
    }

    @Test
    void a_container_whose_hooks_have_not_ended_is_not_adopted(@TempDir Path directory) throws Exception {
        var wait = Services.command("test -e /tmp/go || sleep 600");
        try (var unit = unit(directory, "half", hooks(List.of(wait), List.of()))) {
            var first = unit.start();
            unit.await("STATUS=running post_start");
            var id = daemon.docker("inspect", "--format", "{{.Id}}", "shop-half");
            first.destroyForcibly().waitFor();

            var second = unit.start();
            unit.await("STATUS=running post_start");

            assertThat(daemon.docker("inspect", "--format", "{{.Id}}", "shop-half"))
                    .isNotEqualTo(id);
            second.destroy();
            assertThat(exitOf(second)).isZero();
            assertThat(containers()).doesNotContain("shop-half");
        }
    }

    @Test
    void hooks_before_the_stop_run_while_the_container_does(@TempDir Path directory) throws Exception {
        var pause = Services.command("/bin/test -e /tmp/up && echo flushed");
        var service = Services.hooked(
                "stopped",
                "touch /tmp/up; trap 'rm /tmp/up; exit 0' TERM; while :; do sleep 1 & wait; done",
                hooks(List.of(), List.of(pause, Services.command("echo bye"))));
        try (var unit = new Unit(daemon, directory, Services.define(service, imageId))) {
            var supervisor = unit.start();
            unit.await("READY=1");
            while (!daemon.docker("exec", "shop-stopped", "/bin/sh", "-c", "test -e /tmp/up && echo up || true")
                    .equals("up")) {
                Thread.onSpinWait();
            }

            supervisor.destroy();

            assertThat(exitOf(supervisor)).isZero();
            assertThat(unit.log().lines()).containsSubsequence("flushed", "bye");
            assertThat(containers()).doesNotContain("shop-stopped");
        }
    }

    @Test
    void a_hook_that_fails_or_does_not_end_holds_up_no_stop(@TempDir Path directory) throws Exception {
        for (var script : List.of("exit 4", "sleep 600")) {
            var hooks = hooks(List.of(), List.of(Services.command(script), Services.command("echo never")));
            try (var unit = unit(directory, "held", hooks)) {
                var supervisor = unit.start();
                unit.await("READY=1");

                supervisor.destroy();

                assertThat(exitOf(supervisor)).isZero();
                assertThat(unit.log())
                        .contains("stopping the container all the same")
                        .doesNotContain("never");
                assertThat(containers()).doesNotContain("shop-held");
            }
        }
    }

    @Test
    void no_hook_runs_where_the_container_ended_by_itself(@TempDir Path directory) throws Exception {
        var service = Services.hooked("ended", "exit 5", hooks(List.of(), List.of(Services.command("echo late"))));
        try (var unit = new Unit(daemon, directory, Services.define(service, imageId))) {
            assertThat(exitOf(unit.start())).isEqualTo(5);
            assertThat(unit.log()).doesNotContain("late");
        }
    }

    @Test
    void a_step_that_ended_well_is_not_done_again(@TempDir Path directory) throws Exception {
        try (var unit = new Unit(daemon, directory, step("echo done; exit 0"))) {
            assertThat(exitOf(unit.start())).isZero();
            unit.clean("success", "exited", "0");
            assertThat(containers()).doesNotContain("shop-web-pre-start-1");

            assertThat(exitOf(unit.start())).isZero();
            assertThat(unit.log()).contains("this was done before");
        }
    }

    @Test
    void a_step_that_failed_is_done_again(@TempDir Path directory) throws Exception {
        try (var unit = new Unit(daemon, directory, step("exit 2"))) {
            assertThat(exitOf(unit.start())).isEqualTo(2);
            assertThat(exitOf(unit.start())).isEqualTo(2);
        }
    }

    private static Hooks hooks(List<Hooks.Command> postStart, List<Hooks.Command> preStop) {
        return new Hooks(List.of(), postStart, preStop);
    }

    private Unit unit(Path directory, String name, Hooks hooks) throws IOException {
        return new Unit(daemon, directory, Services.define(Services.hooked(name, GENTLE, hooks), imageId));
    }

    private ContainerDefinition step(String script) {
        var hooks = new Hooks(List.of(Services.step(script)), List.of(), List.of());
        var service = Services.hooked("web", GENTLE, hooks);
        var project =
                new Project(new ProjectName("shop"), List.of(service), List.of(), List.of(), List.of(), List.of());
        return Definitions.step(
                project, service, 1, Services.locked(new Digest(imageId)), Services.place("web@pre-start-1"));
    }

    private String containers() throws IOException, InterruptedException {
        return daemon.docker("ps", "--all", "--format", "{{.Names}}");
    }

    private static int exitOf(Process supervisor) throws InterruptedException {
        if (!supervisor.waitFor(60, TimeUnit.SECONDS)) {
            supervisor.destroyForcibly();
            throw new AssertionError("the supervisor did not end");
        }
        return supervisor.exitValue();
    }
}
