package dev.hostseed.vm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;

/// One machine boots from the seed of the test project, and the tests, in their order, look at what has become of it.
/// Each leaves the project running.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class SeedBoot {
    private static final Duration TO_COME_UP = Duration.ofMinutes(5);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final String UNITS = "shop.target shop-images.service shop-db.service shop-web.service";
    /// The page of `web`, which asks `db`.
    private static final String PAGE = "exec 3<>/dev/tcp/127.0.0.1/8080"
            + " && printf 'GET /cgi-bin/db HTTP/1.0\\r\\n\\r\\n' >&3 && grep -F '100 % of $5: rows in' <&3";

    private static final String SECRET = "/run/hostseed/shop/secrets/db/password";
    private static final String READ_SECRET = "docker exec %s cat /run/secrets/password";

    private @Nullable Vm vm;

    abstract String suite();

    abstract Medium medium(Path iso);

    @BeforeAll
    void boot_from_the_seed() throws IOException, InterruptedException {
        Requirements.check();
        Requirements.checkRuntimeRunsOn(suite());
        var iso = ShopSeed.iso();
        vm = new Vm(VmImage.of(suite()), Path.of("target/vm", getClass().getSimpleName()));
        vm().switchOn(List.of(medium(iso)));
        assertUp();
    }

    @AfterAll
    void keep_the_logs() throws IOException {
        if (vm != null) {
            vm.close();
        }
    }

    @Test
    @Order(1)
    void cloud_init_is_done_and_content() throws IOException, InterruptedException {
        vm().await("cloud-init has ended", SOON, "test -s /run/cloud-init/result.json");
        assertThat(vm().read("cloud-init status --long"))
                .contains("status: done")
                .doesNotContain("degraded");
        vm().check(
                        "cloud-init logged no warning",
                        "! grep -E ' - .*\\[(WARNING|ERROR|CRITICAL)\\]' /var/log/cloud-init.log");
    }

    @Test
    @Order(2)
    void nothing_failed_and_the_journal_has_no_error() throws IOException, InterruptedException {
        assertQuiet();
    }

    @Test
    @Order(2)
    void the_judges_of_this_release_find_nothing_wrong() throws IOException, InterruptedException {
        vm().check(
                        "systemd-analyze verify says nothing of our units",
                        "cd /etc/systemd/system; ! systemd-analyze verify $(find . -maxdepth 1 -type f"
                                + " '(' -name 'shop*' -o -name 'hostseed-install*' ')' -printf '%f ') 2>&1 | grep .");
        assertThat(vm().read("cloud-init schema --system")).contains("Valid").doesNotContain("nvalid");
    }

    @Test
    @Order(3)
    void the_dependant_was_started_when_the_database_was_healthy() throws IOException, InterruptedException {
        var databaseStarted = microseconds("InactiveExitTimestampMonotonic", "shop-db.service");
        var healthy =
                1e6 * Double.parseDouble(vm().read("docker exec %s cat /tmp/healthy-at".formatted(container("db"))));
        var databaseActive = microseconds("ActiveEnterTimestampMonotonic", "shop-db.service");
        var dependantStarted = microseconds("InactiveExitTimestampMonotonic", "shop-web.service");

        assertThat(List.of(databaseStarted, healthy, databaseActive, dependantStarted))
                .isSorted();
        vm().say("✓ web was started %.1f s after db was healthy".formatted((dependantStarted - healthy) / 1e6));
    }

    @Test
    @Order(4)
    void the_published_port_answers() throws IOException, InterruptedException {
        vm().await("web answers on its published port, and reaches db by its name", SOON, PAGE);
    }

    @Test
    @Order(4)
    void a_secret_is_its_container_s_alone() throws IOException, InterruptedException {
        assertThat(vm().read("stat -c '%u %a' " + SECRET)).isEqualTo("7 400");
        vm().check("nobody else can read it", "! setpriv --reuid=7 --clear-groups cat " + SECRET);
        vm().check("no unit has it", "! grep -r hunter2 /etc/systemd /run/systemd");
        vm().check("no log has it", "! journalctl --quiet | grep -F hunter2");
    }

    @Test
    @Order(5)
    void a_credential_of_the_host_takes_the_place_of_a_secret() throws IOException, InterruptedException {
        vm().read("umask 077; mkdir -p /etc/credstore && printf better >/etc/credstore/shop.password");
        vm().read("systemctl restart shop-db.service");
        assertThat(vm().read(READ_SECRET.formatted(container("db")))).isEqualTo("better");

        vm().read("rm /etc/credstore/shop.password");
        vm().read("systemctl restart shop-db.service");
        assertUp();
    }

    @Test
    @Order(5)
    void status_and_journal_of_the_unit_show_the_lines_of_its_container() throws IOException, InterruptedException {
        assertThat(vm().read("systemctl status shop-web.service")).contains("web: 100 % of $5");
        assertThat(vm().read("journalctl -u shop-web.service")).contains("web: 100 % of $5");
    }

    @Test
    @Order(6)
    void a_stopped_project_leaves_no_container_and_can_be_started_again() throws IOException, InterruptedException {
        vm().read("systemctl stop shop.target");
        vm().await("no container is left", SOON, "test -z \"$(docker ps --all --quiet)\"");
        vm().check("db was told to end, and did", "journalctl -u shop-db.service | grep -F 'db: closed'");
        vm().check("nothing has failed", "! systemctl is-failed " + UNITS);

        vm().read("systemctl start shop.target");
        assertUp();
        vm().await("web answers", SOON, PAGE);
    }

    @Test
    @Order(7)
    void a_container_that_is_killed_comes_back() throws IOException, InterruptedException {
        var before = mainProcess("web");
        vm().read("kill -KILL " + before);
        vm().await(
                        "web has another process",
                        SOON,
                        "pid=$(%s) && test \"$pid\" != %s && test \"$pid\" != 0"
                                .formatted(mainProcessOf("web"), before));
        assertUp();
        vm().await("web answers", SOON, PAGE);
        assertThat(vm().read("systemctl show --property=NRestarts --value shop-web.service"))
                .isEqualTo("1");
    }

    @Test
    @Order(8)
    void a_supervisor_that_is_killed_leaves_its_container_alone() throws IOException, InterruptedException {
        var container = mainProcess("db");
        var supervisor = vm().read("systemctl show --property=MainPID --value shop-db.service");
        vm().read("kill -KILL " + supervisor);
        vm().await(
                        "db has another supervisor",
                        SOON,
                        "pid=$(systemctl show --property=MainPID --value shop-db.service)"
                                + " && test \"$pid\" != %s && test \"$pid\" != 0 && systemctl is-active shop-db.service"
                                        .formatted(supervisor));
        assertThat(mainProcess("db")).isEqualTo(container);
        assertUp();
    }

    @Test
    @Order(9)
    void an_image_that_somebody_removed_is_loaded_again_and_other_services_go_on()
            throws IOException, InterruptedException {
        var database = mainProcess("db");
        vm().read("systemctl stop shop-web.service");
        vm().read("docker image prune --all --force");
        vm().check("the image of web is gone", "! docker image inspect shop-web:1");

        vm().read("systemctl start shop-web.service");
        assertUp();
        vm().await("web answers", SOON, PAGE);
        assertThat(mainProcess("db")).isEqualTo(database);
    }

    final Vm vm() {
        return Objects.requireNonNull(vm, "no machine was booted");
    }

    final void assertUp() throws IOException, InterruptedException {
        for (var unit : UNITS.split(" ")) {
            vm().await(unit + " is active", TO_COME_UP, "systemctl is-active " + unit);
        }
        assertThat(vm().read(READ_SECRET.formatted(container("db")))).isEqualTo("hunter2");
        vm().read("docker ps --all --format '{{.Names}}: {{.Image}}, {{.Status}}'");
    }

    /// After a boot, as later tests make containers write to their standard error, which the journal has as errors.
    final void assertQuiet() throws IOException, InterruptedException {
        vm().await("the boot is over", SOON, "systemctl is-system-running | grep -E 'running|degraded'");
        vm().check("no unit has failed", "! systemctl --failed --no-legend | grep .");
        vm().check("the journal has no error", "! journalctl --boot --priority=err --quiet | grep .");
        vm().check("the class cache fits", "! journalctl --boot --quiet | grep -F '[aot]'");
    }

    final void assertServing() throws IOException, InterruptedException {
        vm().await("web answers", SOON, PAGE);
    }

    private String mainProcess(String service) throws IOException, InterruptedException {
        return vm().read(mainProcessOf(service));
    }

    private static String mainProcessOf(String service) {
        return "docker inspect --format '{{.State.Pid}}' " + container(service);
    }

    private static String container(String service) {
        return "$(docker ps --quiet --filter name=shop.%s)".formatted(service);
    }

    private double microseconds(String property, String unit) throws IOException, InterruptedException {
        return Double.parseDouble(vm().read("systemctl show --property=%s --value %s".formatted(property, unit)));
    }
}
