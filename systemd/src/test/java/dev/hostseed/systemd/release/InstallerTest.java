package dev.hostseed.systemd.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.file.Disk;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.file.ObstructedException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.systemd.unit.Hosts;
import dev.hostseed.systemd.unit.UnitName;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class InstallerTest {
    private static final Configuration UNIX = Configuration.unix().toBuilder()
            .setAttributeViews("basic", "owner", "posix", "unix")
            .build();

    private final FileSystem disk = Jimfs.newFileSystem(UNIX);
    private final Path root = disk.getPath("/host");
    private final Path first = disk.getPath("/first");
    private final Path second = disk.getPath("/second");
    private final Path third = disk.getPath("/third");
    private final Told told = new Told(new ArrayList<>());
    private final List<String> reported = new ArrayList<>();

    @BeforeEach
    void make_a_host() throws IOException {
        Files.createDirectories(root.resolve("etc/systemd/system"));
        Files.createDirectories(root.resolve("etc/docker"));
        Files.writeString(root.resolve("etc/docker/daemon.json"), "{\"live-restore\": true}");
        Files.createDirectories(root.resolve("opt"));
        Files.createDirectories(root.resolve("var/lib"));
    }

    @AfterEach
    void close_the_disk() throws IOException {
        disk.close();
    }

    @Test
    void a_release_comes_with_its_runtime_and_its_images() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");

        installer().install(first, expected, "shop-1");

        assertThat(root.resolve("opt/hostseed/current/bin/hostseed")).hasContent("#!1.0-a");
        assertThat(root.resolve("etc/systemd/system/shop-web.service"))
                .content()
                .contains("run -p shop web\n");
        assertThat(Files.readSymbolicLink(root.resolve("etc/systemd/system/multi-user.target.wants/shop.target")))
                .hasToString("/etc/systemd/system/shop.target");
        var release = root.resolve("var/lib/hostseed/shop/current");
        assertThat(release.resolve("containers/web.json")).content().contains("example/web");
        assertThat(release.resolve("bundle/hostseed.lock")).hasBinaryContent(LockFile.write(Media.lock(Hosts.shop())));
        assertThat(release.resolve("bundle/blobs/sha256")).isDirectoryContaining("glob:**");
        assertThat(installer().isInstalled("shop-1")).isTrue();
        assertThat(told.calls()).containsExactly("daemon-reload", "start shop.target");
    }

    @Test
    void what_only_root_may_read_is_never_readable_by_others() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");

        installer().install(first, expected, "shop-1");

        var release = root.resolve("var/lib/hostseed/shop/releases")
                .resolve(Files.readSymbolicLink(root.resolve("var/lib/hostseed/shop/current"))
                        .getFileName());
        assertThat(permissions(release)).isEqualTo("rwx------");
        for (var file : List.of("containers/web.json", "secrets/password", "configs/db.conf")) {
            assertThat(permissions(release.resolve(file))).as(file).isEqualTo("rw-------");
        }
        assertThat(release.resolve("secrets/password")).hasContent("hunter2\n");
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void installing_again_writes_nothing() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");
        installer().install(first, expected, "shop-1");
        var before = snapshot();
        told.calls().clear();
        var counting = FailingDisk.sound();

        installer(counting).install(first, expected, "shop-1");

        assertThat(snapshot()).isEqualTo(before);
        assertThat(counting.operations()).isZero();
        assertThat(told.calls()).containsExactly("start shop.target");
    }

    @Test
    void units_that_the_new_release_lacks_go_and_the_release_before_stays() throws IOException {
        var shop = Media.write(first, Hosts.shop(), "1.0-a");
        var small = Media.write(second, Hosts.host("shop", List.of(), List.of()), "1.0-b");
        installer().install(first, shop, "shop-1");

        installer().install(second, small, "shop-2");

        var units = root.resolve("etc/systemd/system");
        assertThat(units.resolve("shop-web.service")).doesNotExist();
        assertThat(units.resolve("shop-db.service.d")).doesNotExist();
        assertThat(units.resolve("shop.target.wants")).doesNotExist();
        assertThat(units.resolve("shop.target")).exists();
        assertThat(root.resolve("var/lib/hostseed/shop/previous/containers/web.json"))
                .exists();
        assertThat(root.resolve("opt/hostseed/previous/build-id")).hasContent("1.0-a\n");
    }

    @Test
    void releases_and_runtimes_older_than_the_one_before_go() throws IOException {
        installer().install(first, Media.write(first, Hosts.shop(), "1.0-a"), "shop-1");
        installer().install(second, Media.write(second, Hosts.host("shop", List.of(), List.of()), "1.0-b"), "shop-2");

        var hidden = Hosts.awkward().project().services();
        installer().install(third, Media.write(third, Hosts.host("shop", hidden, List.of()), "1.0-c"), "shop-3");

        assertThat(root.resolve("opt/hostseed/1.0-a")).doesNotExist();
        assertThat(root.resolve("opt/hostseed/1.0-b")).exists();
        try (var releases = Files.list(root.resolve("var/lib/hostseed/shop/releases"))) {
            assertThat(releases).hasSize(2);
        }
        assertThat(root.resolve("var/lib/hostseed/shop/files")).isDirectoryContaining("glob:**"); // in use still
    }

    @Test
    void a_unit_of_somebody_else_is_refused() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");
        for (var place : List.of("etc/systemd/system", "usr/lib/systemd/system")) {
            var foreign = root.resolve(place).resolve("shop-web.service");
            Files.createDirectories(root.resolve(place));
            Files.writeString(foreign, "[Service]\n");
            var before = snapshot();

            assertThatThrownBy(() -> installer().install(first, expected, "shop-1"))
                    .isInstanceOf(ForeignUnitException.class)
                    .hasMessageContaining("shop-web.service");

            assertThat(snapshot()).isEqualTo(before);
            Files.delete(foreign);
        }
    }

    @Test
    void a_project_cannot_be_called_as_a_unit_of_systemd() throws IOException {
        var expected = Media.write(first, Hosts.host("system", List.of(), List.of()), "1.0-a");

        assertThatThrownBy(() -> installer().install(first, expected, "shop-1"))
                .isInstanceOf(ForeignUnitException.class)
                .hasMessageContaining("system.slice");
    }

    @Test
    void a_planted_link_is_not_followed() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");
        Files.createDirectories(root.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve("etc/systemd/system/shop.target.wants"), root.resolve("elsewhere"));

        assertThatThrownBy(() -> installer().install(first, expected, "shop-1"))
                .isInstanceOf(ObstructedException.class);

        assertThat(root.resolve("elsewhere")).isEmptyDirectory();
    }

    @Test
    void a_medium_for_another_host_is_refused() throws IOException {
        Media.write(first, Hosts.shop(), "1.0-a");
        var other = Media.write(second, Hosts.alone(), "1.0-a");

        assertThatThrownBy(() -> installer().install(first, other, "shop-1")).isInstanceOf(BadBundleException.class);
    }

    @Test
    void a_medium_with_any_byte_flipped_is_refused_and_nothing_changed() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");
        var before = snapshot();
        var random = new Random(1);
        for (var file : FileTree.list(first).values()) {
            var sound = Files.readAllBytes(file);
            for (var at : new int[] {0, random.nextInt(sound.length), sound.length - 1}) {
                var flipped = sound.clone();
                flipped[at] ^= (byte) (1 << random.nextInt(8));
                Files.write(file, flipped);

                assertRefused(expected, "byte " + at + " of " + file);
            }
            Files.write(file, Arrays.copyOf(sound, sound.length - 1));
            assertRefused(expected, file + " cut short");
            Files.write(file, sound);
        }
        assertThat(snapshot()).isEqualTo(before);
        assertThatCode(() -> installer().install(first, expected, "shop-1")).doesNotThrowAnyException();
    }

    @Test
    void a_medium_with_a_file_more_or_less_is_refused_and_nothing_changed() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");
        for (var extra : List.of("runtime/lib/evil.jar", "bundle/evil", "bundle/blobs/sha256/evil", "evil")) {
            Files.writeString(first.resolve(extra), "x");
            assertRefused(expected, extra);
            Files.delete(first.resolve(extra));
        }
        for (var file : FileTree.list(first).entrySet()) {
            if (!file.getKey().startsWith("bundle/blobs/")) { // which load misses, by the lock
                var sound = Files.readAllBytes(file.getValue());
                Files.delete(file.getValue());
                assertRefused(expected, "no " + file.getKey());
                Files.createSymbolicLink(file.getValue(), disk.getPath("/etc/passwd"));
                assertRefused(expected, file.getKey() + " is a link");
                Files.delete(file.getValue());
                Files.write(file.getValue(), sound);
            }
        }
    }

    private void assertRefused(Digest expected, String what) throws IOException {
        var before = snapshot();
        assertThatThrownBy(() -> installer().install(first, expected, "shop-1"))
                .as(what)
                .isInstanceOf(BadBundleException.class);
        assertThat(snapshot()).as(what).isEqualTo(before);
        assertThat(told.calls()).as(what).isEmpty();
    }

    @Test
    void killed_at_any_operation_of_a_first_install_the_next_run_completes_it() throws IOException {
        var expected = Media.write(first, Hosts.alone(), "1.0-a");

        killEverywhere(first, expected, _ -> {});
    }

    @Test
    void killed_at_any_operation_of_an_upgrade_the_next_run_completes_it() throws IOException {
        var solo = Media.write(first, Hosts.alone(), "1.0-a");
        var others = Hosts.host("solo", Hosts.awkward().project().services(), List.of());
        var next = Media.write(second, others, "1.0-b");

        killEverywhere(second, next, installer -> installer.install(first, solo, "shop-1"));
    }

    /// Before the mark, each unit is wholly an old one or wholly a new one; with it, all is new. And whoever installs
    /// again, since there is no mark, has in the end what an installation without a fault gives.
    private void killEverywhere(Path medium, Digest expected, Before before) throws IOException {
        reset(before);
        var oldUnits = units();
        var counting = FailingDisk.sound();
        installer(counting).install(medium, expected, "shop-2");
        var whole = snapshot();
        var newUnits = units();
        for (var k = 1; k <= counting.operations(); k++) {
            for (var failing : List.of(FailingDisk.killedAt(k), FailingDisk.withErrorAt(k))) {
                reset(before);
                var at = "operation " + k;

                assertThatThrownBy(() -> installer(failing).install(medium, expected, "shop-2"))
                        .as(at)
                        .isInstanceOf(IOException.class);

                units().forEach((name, content) ->
                        assertThat(content).as(name + " after " + at).isIn(newUnits.get(name), oldUnits.get(name)));
                if (installer().isInstalled("shop-2")) {
                    assertThat(units()).as(at).isEqualTo(newUnits);
                }
                installer().install(medium, expected, "shop-2");
                assertThat(snapshot()).as(at).isEqualTo(whole);
            }
        }
    }

    private SortedMap<String, FileContent> units() throws IOException {
        var units = FileTree.read(root.resolve("etc/systemd/system"));
        units.keySet().removeIf(name -> name.contains(".hostseed-")); // staged: systemd knows no such type of unit
        return units;
    }

    @Test
    void an_error_before_the_switch_leaves_no_trace() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");
        var before = snapshot();
        for (var k = 1; k < 30; k++) { // while the runtime and the release are staged
            var failing = FailingDisk.withErrorAt(k);

            assertThatThrownBy(() -> installer(failing).install(first, expected, "shop-1"))
                    .isInstanceOf(IOException.class);

            assertThat(snapshot()).as("operation " + k).isEqualTo(before);
        }
    }

    @Test
    void two_at_once_do_not_mix(@TempDir Path real) throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");
        var installer = new Installer(real, Disk.real(), told, reported::add); // a disk in memory locks nothing
        try (var _ = InstallLock.take(real)) {
            assertThatThrownBy(() -> installer.install(first, expected, "shop-1"))
                    .isInstanceOf(BusyException.class);
        }

        installer.install(first, expected, "shop-1");

        assertThat(installer.isInstalled("shop-1")).isTrue();
    }

    @Test
    void the_engine_keeps_containers_over_its_restarts() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");
        Files.delete(root.resolve("etc/docker/daemon.json"));

        installer().install(first, expected, "shop-1");

        assertThat(root.resolve("etc/docker/daemon.json")).content().contains("\"live-restore\": true");
        assertThat(told.calls()).containsExactly("daemon-reload", "reload docker.service", "start shop.target");
    }

    @Test
    void settings_of_the_engine_that_somebody_made_are_left_alone_and_reported() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");
        Files.writeString(root.resolve("etc/docker/daemon.json"), "{}");

        installer().install(first, expected, "shop-1");

        assertThat(root.resolve("etc/docker/daemon.json")).hasContent("{}");
        assertThat(reported).anySatisfy(line -> assertThat(line).contains("live-restore"));
    }

    @Test
    void a_host_that_systemd_refuses_to_start_is_installed_all_the_same() throws IOException {
        var expected = Media.write(first, Hosts.shop(), "1.0-a");
        var refusing = new SystemctlCommand("/bin/false", Duration.ofSeconds(10));

        assertThatThrownBy(() ->
                        new Installer(root, Disk.real(), refusing, reported::add).install(first, expected, "shop-1"))
                .isInstanceOf(SystemctlException.class)
                .hasMessageContaining("daemon-reload ended with 1");

        assertThat(installer().isInstalled("shop-1")).isTrue();
    }

    @Test
    void a_systemctl_that_hangs_is_given_up() {
        var hanging = new SystemctlCommand("/bin/sh", Duration.ofMillis(200));

        assertThatThrownBy(() -> hanging.require("-c", "sleep 60"))
                .isInstanceOf(SystemctlException.class)
                .hasMessageContaining("did not end within");
    }

    private Installer installer() {
        return installer(Disk.real());
    }

    private Installer installer(Disk through) {
        return new Installer(root, through, told, reported::add);
    }

    /// All of the host, but for the lock.
    private SortedMap<String, FileContent> snapshot() throws IOException {
        var files = FileTree.read(root);
        files.keySet().removeIf(path -> path.startsWith("run/"));
        return files;
    }

    private record Told(List<String> calls) implements Systemctl {
        @Override
        public void daemonReload() {
            calls.add("daemon-reload");
        }

        @Override
        public void start(UnitName unit) {
            calls.add("start " + unit);
        }

        @Override
        public void reloadIfActive(UnitName unit) {
            calls.add("reload " + unit);
        }
    }

    @FunctionalInterface
    private interface Before {
        void act(Installer installer) throws IOException;
    }

    private void reset(Before before) throws IOException {
        try (var paths = Files.walk(root)) {
            for (var path : paths.toList().reversed()) {
                Files.delete(path);
            }
        }
        make_a_host();
        before.act(installer());
    }
}
