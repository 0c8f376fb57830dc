package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.FileOwner;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.Health;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The supervisor as a real process, with a real Engine.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SupervisorIT {
    /// Ends on SIGTERM, as the first process of a container does only if it says so.
    private static final String GENTLE = "trap 'exit 0' TERM; while :; do sleep 1 & wait; done";

    private static final String STUBBORN = "trap '' TERM; while :; do sleep 1; done";

    private final TestEngine daemon;
    private final String imageId;

    SupervisorIT() throws IOException, InterruptedException {
        daemon = TestEngine.start(true);
        daemon.busybox(Services.IMAGE);
        imageId = daemon.docker("image", "inspect", "--format", "{{.Id}}", Services.IMAGE);
    }

    @AfterAll
    void stop() throws IOException {
        daemon.close();
    }

    @Test
    void systemd_is_told_when_the_container_runs_and_a_stop_leaves_nothing(@TempDir Path directory) throws Exception {
        try (var unit = unit(directory, Services.shell("plain", GENTLE))) {
            var supervisor = unit.start();
            unit.await("EXTEND_TIMEOUT_USEC=30000000");
            unit.await("READY=1");
            assertThat(state("shop-plain", "{{.State.Running}}")).isEqualTo("true");

            supervisor.destroy();

            assertThat(exitOf(supervisor)).isZero();
            unit.await("STOPPING=1");
            assertThat(containers()).doesNotContain("shop-plain");
            assertThat(unit.runDirectory().resolve("plain.stopping")).exists();
        }
    }

    @Test
    void a_container_with_a_check_is_ready_when_it_is_healthy(@TempDir Path directory) throws Exception {
        var check = new Health.Check(
                List.of("CMD", "/bin/test", "-e", "/tmp/up"),
                Duration.ofMillis(300),
                Duration.ofSeconds(5),
                100,
                Duration.ZERO,
                Duration.ZERO);
        try (var unit = unit(directory, Services.checked("checked", GENTLE, check))) {
            var supervisor = unit.start();
            unit.await("STATUS=starting");
            assertThat(unit.wasTold("READY=1")).isFalse();

            daemon.docker("exec", "shop-checked", "/bin/touch", "/tmp/up");

            assertThat(unit.await("READY=1")).contains("STATUS=healthy");
            supervisor.destroy();
            assertThat(exitOf(supervisor)).isZero();
        }
    }

    @Test
    void a_container_that_ignores_its_stop_is_killed_after_its_grace(@TempDir Path directory) throws Exception {
        try (var unit = unit(directory, Services.shell("stubborn", STUBBORN))) {
            var supervisor = unit.start();
            unit.await("READY=1");
            var pid = state("shop-stubborn", "{{.State.Pid}}");

            supervisor.destroy();

            assertThat(exitOf(supervisor)).isZero();
            assertThat(isAlive(pid)).isFalse();
            assertThat(containers()).doesNotContain("shop-stubborn");
            assertThat(unit.log()).contains("killing it");
        }
    }

    @Test
    void a_killed_supervisor_costs_its_container_nothing(@TempDir Path directory) throws Exception {
        try (var unit = unit(directory, Services.shell("adopted", GENTLE))) {
            var first = unit.start();
            unit.await("READY=1");
            var pid = state("shop-adopted", "{{.State.Pid}}");
            first.destroyForcibly().waitFor();
            unit.clean("signal", "killed", "KILL");

            var second = unit.start();
            unit.await("READY=1");

            assertThat(state("shop-adopted", "{{.State.Pid}}")).isEqualTo(pid);
            second.destroy();
            assertThat(exitOf(second)).isZero();
            assertThat(containers()).doesNotContain("shop-adopted");
        }
    }

    @Test
    void a_container_of_another_definition_is_replaced(@TempDir Path directory, @TempDir Path other) throws Exception {
        try (var old = unit(other, Services.shell("changed", GENTLE));
                var unit = unit(directory, Services.shell("changed", GENTLE + " # anew"))) {
            var first = old.start();
            old.await("READY=1");
            var pid = state("shop-changed", "{{.State.Pid}}");
            first.destroyForcibly().waitFor();

            var second = unit.start();
            unit.await("READY=1");

            assertThat(state("shop-changed", "{{.State.Pid}}")).isNotEqualTo(pid);
            second.destroy();
            assertThat(exitOf(second)).isZero();
        }
    }

    @Test
    void a_killed_container_ends_its_supervisor_with_137(@TempDir Path directory) throws Exception {
        try (var unit = unit(directory, Services.shell("killed", GENTLE))) {
            var supervisor = unit.start();
            unit.await("READY=1");

            new ProcessBuilder("kill", "-9", state("shop-killed", "{{.State.Pid}}")).start();

            assertThat(exitOf(supervisor)).isEqualTo(137);
            unit.clean("exit-code", "exited", "137");
            assertThat(containers()).doesNotContain("shop-killed");
        }
    }

    @Test
    void the_exit_status_of_a_container_is_passed_on(@TempDir Path directory) throws Exception {
        try (var unit = unit(directory, Services.shell("seven", "exit 7"))) {
            assertThat(exitOf(unit.start())).isEqualTo(7);
            assertThat(exitOf(unit.start())).isEqualTo(7);
        }
    }

    @Test
    void a_job_is_never_ready_and_its_exit_status_is_passed_on(@TempDir Path directory) throws Exception {
        var plain = Services.define(Services.shell("job", "sleep 1; exit 3"), imageId);
        var job = new ContainerDefinition(
                plain.name(),
                plain.unit(),
                true,
                plain.grace(),
                plain.images(),
                plain.create(),
                plain.endpoints(),
                plain.grants());
        try (var unit = new Unit(daemon, directory, job)) {
            assertThat(exitOf(unit.start())).isEqualTo(3);
            unit.await("EXTEND_TIMEOUT_USEC=30000000");
            assertThat(unit.wasTold("READY=1")).isFalse();
        }
    }

    @Test
    void a_container_removed_by_hand_is_an_end_to_start_again_from(@TempDir Path directory) throws Exception {
        try (var unit = unit(directory, Services.shell("removed", GENTLE))) {
            var supervisor = unit.start();
            unit.await("READY=1");

            daemon.docker("rm", "--force", "shop-removed");

            // The Engine kills first and removes then: it may still know how the container ended.
            assertThat(exitOf(supervisor)).isIn(Supervisor.REMOVED, 137);
        }
    }

    @Test
    void a_foreign_container_is_never_touched(@TempDir Path directory) throws Exception {
        var id = daemon.docker(
                "run", "--detach", "--network=none", "--name=shop-foreign", Services.IMAGE, "sleep", "600");
        try (var unit = unit(directory, Services.shell("foreign", GENTLE))) {
            assertThat(exitOf(unit.start())).isEqualTo(9);
            unit.clean("exit-code", "exited", "9");

            assertThat(unit.log()).contains("belongs to container " + id.substring(0, 12));
            assertThat(state("shop-foreign", "{{.State.Running}}")).isEqualTo("true");
        } finally {
            daemon.docker("rm", "--force", "shop-foreign");
        }
    }

    @Test
    void a_container_that_cannot_start_is_not_left(@TempDir Path directory) throws Exception {
        var service = Services.service(
                "unstartable", List.of("/no/such/program"), Map.of(), Map.of(), new Health.Inherited());
        try (var unit = unit(directory, service)) {
            assertThat(exitOf(unit.start())).isEqualTo(6);

            assertThat(unit.log()).contains("/no/such/program");
            assertThat(containers()).doesNotContain("shop-unstartable");
        }
    }

    @Test
    void an_image_that_is_not_the_locked_one_is_not_run(@TempDir Path directory) throws Exception {
        var other = Services.define(Services.shell("moved", GENTLE), "sha256:" + "0".repeat(64));
        try (var unit = new Unit(daemon, directory, other)) {
            assertThat(exitOf(unit.start())).isEqualTo(6);

            assertThat(unit.log()).contains("was replaced by " + imageId);
            assertThat(containers()).doesNotContain("shop-moved");
        }
    }

    @Test
    void D19_an_image_that_somebody_removed_is_loaded_again(@TempDir Path directory) throws Exception {
        var archive = directory.resolve("busybox.tar").toString();
        daemon.docker("save", "--output", archive, Services.IMAGE);
        daemon.docker("tag", Services.IMAGE, "example/kept:1"); // other tests may have containers of it
        try (var unit = unit(directory, Services.shell("pruned", GENTLE))) {
            daemon.docker("rmi", "--force", Services.IMAGE);

            var supervisor = unit.start("LOAD=docker --host unix://" + daemon.socket() + " load --input " + archive);
            unit.await("READY=1");

            assertThat(state("shop-pruned", "{{.Image}}")).isEqualTo(imageId);
            supervisor.destroy();
            assertThat(exitOf(supervisor)).isZero();
        } finally {
            daemon.docker("load", "--input", archive);
        }
    }

    @Test
    void an_engine_that_restarts_costs_a_container_nothing(@TempDir Path directory) throws Exception {
        try (var unit = unit(directory, Services.shell("lasting", GENTLE))) {
            var supervisor = unit.start();
            unit.await("READY=1");
            var pid = state("shop-lasting", "{{.State.Pid}}");

            daemon.restart();

            assertThat(supervisor.isAlive()).isTrue();
            assertThat(state("shop-lasting", "{{.State.Pid}}")).isEqualTo(pid);
            supervisor.destroy();
            assertThat(exitOf(supervisor)).isZero();
            assertThat(containers()).doesNotContain("shop-lasting");
        }
    }

    @Test
    void a_stop_needs_no_engine(@TempDir Path directory) throws Exception {
        try (var unit = unit(directory, Services.shell("alone", GENTLE))) {
            var supervisor = unit.start();
            unit.await("READY=1");
            var pid = state("shop-alone", "{{.State.Pid}}");
            daemon.stop();
            try {
                supervisor.destroy();

                assertThat(exitOf(supervisor)).isZero();
                assertThat(isAlive(pid)).isFalse();
                unit.clean("success", "exited", "0");
            } finally {
                daemon.begin();
            }
            var next = unit.start();
            unit.await("READY=1");
            assertThat(state("shop-alone", "{{.State.Pid}}")).isNotEqualTo(pid);
            next.destroy();
            assertThat(exitOf(next)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "33:33"})
    void a_container_sees_what_it_is_granted_as_its_grants_say(String user, @TempDir Path directory) throws Exception {
        var name = user.isEmpty() ? "root" : "other";
        try (var unit = granted(directory, name, user)) {
            var supervisor = unit.start();
            unit.await("READY=1");

            assertThat(in(name, user, "/bin/busybox", "stat", "-c", "%u:%g %a", "/run/secrets/password", "/etc/words"))
                    .isEqualTo("33:7 440\n0:0 444");
            assertThat(in(name, user, "/bin/cat", "/run/secrets/password", "/etc/words"))
                    .isEqualTo("passwordwords");
            assertThat(in(name, user, "/bin/busybox", "ls", "/run/secrets")).isEqualTo("password");
            assertThat(in(name, user, "/bin/sh", "-c", "echo x 2>&1 >>/run/secrets/password || true"))
                    .contains(user.isEmpty() ? "Read-only file system" : "Permission denied");
            assertThat(in(name, "34:34", "/bin/sh", "-c", "cat /run/secrets/* 2>&1||:"))
                    .contains("Permission denied");
            supervisor.destroy();
            assertThat(exitOf(supervisor)).isZero();
        }
    }

    @Test
    void granted_files_outlast_a_killed_supervisor_and_go_with_their_container(@TempDir Path directory)
            throws Exception {
        try (var unit = granted(directory, "lasts", "")) {
            var first = unit.start();
            unit.await("READY=1");
            var pid = state("shop-lasts", "{{.State.Pid}}");
            first.destroyForcibly().waitFor();
            unit.clean("signal", "killed", "KILL");
            assertThat(unit.runDirectory().resolve("secrets/lasts/password")).exists();

            var second = unit.start();
            unit.await("READY=1");
            assertThat(state("shop-lasts", "{{.State.Pid}}")).isEqualTo(pid);
            daemon.docker("restart", "--time=0", "shop-lasts");
            assertThat(in("lasts", "", "/bin/cat", "/run/secrets/password")).isEqualTo("password");
            second.destroy();
            assertThat(exitOf(second)).isZero();
            unit.clean("success", "exited", "0");

            assertThat(unit.runDirectory().resolve("secrets/lasts")).doesNotExist();
            assertThat(unit.runDirectory().resolve("configs/lasts")).doesNotExist();
        }
    }

    /// As it is after a loss of power: the container is there and does not run, the run directory is empty.
    @Test
    void granted_files_are_there_again_after_a_reboot(@TempDir Path directory, @TempDir Path credentials)
            throws Exception {
        try (var unit = granted(directory, "reboots", "")) {
            var first = unit.start();
            unit.await("READY=1");
            first.destroyForcibly().waitFor();
            daemon.docker("kill", "shop-reboots");
            new ProcessBuilder("rm", "-r", unit.runDirectory().toString())
                    .start()
                    .waitFor();
            Files.writeString(credentials.resolve("password"), "another");

            var second = unit.start("CREDENTIALS_DIRECTORY=" + credentials);
            unit.await("READY=1");

            assertThat(in("reboots", "", "/bin/cat", "/run/secrets/password", "/etc/words"))
                    .isEqualTo("anotherwords");
            assertThat(state("shop-reboots", "{{json .Config}}")).doesNotContain("another");
            assertThat(unit.log()).doesNotContain("another");
            second.destroy();
            assertThat(exitOf(second)).isZero();
        }
    }

    private Unit granted(Path directory, String name, String user) throws IOException {
        var grants = new Mount.Granted[] {
            new Mount.Granted(
                    Kind.SECRET,
                    new ResourceName("password"),
                    new TargetPath("/run/secrets/password"),
                    new FileOwner(33, 7),
                    new FileMode(0440)),
            new Mount.Granted(
                    Kind.CONFIG,
                    new ResourceName("words"),
                    new TargetPath("/etc/words"),
                    FileOwner.ROOT,
                    new FileMode(0444))
        };
        for (var file : Services.files(grants)) {
            var place =
                    directory.resolve(file.kind().section()).resolve(file.name().value());
            Files.createDirectories(place.getParent());
            Files.write(place, file.content().toArray());
            Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rw-------"));
        }
        var service = Services.granted(name, GENTLE, user, grants);
        return new Unit(daemon, directory, Services.define(service, imageId, Services.files(grants)));
    }

    /// What `command` prints in the container. An Engine that runs in a root directory would show a `docker exec` that
    /// directory, and not the container's.
    ///
    /// @param user by number, with the group; root if it is empty
    private String in(String service, String user, String... command) throws IOException, InterruptedException {
        var ids = (user.isEmpty() ? "0:0" : user).split(":");
        var words = new ArrayList<>(List.of(
                "nsenter",
                "--target=" + state("shop-" + service, "{{.State.Pid}}"),
                "--mount",
                "--root",
                "--setgid=" + ids[1],
                "--setuid=" + ids[0]));
        words.addAll(List.of(command));
        var process = new ProcessBuilder(words).redirectErrorStream(true).start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output.strip();
    }

    /// A process that its parent has not yet asked about is none.
    private static boolean isAlive(String pid) throws IOException {
        var stat = Path.of("/proc", pid, "stat");
        return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
    }

    private Unit unit(Path directory, Service service) throws IOException {
        return new Unit(daemon, Files.createDirectories(directory), Services.define(service, imageId));
    }

    private String state(String container, String format) throws IOException, InterruptedException {
        return daemon.docker("inspect", "--format", format, container);
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
