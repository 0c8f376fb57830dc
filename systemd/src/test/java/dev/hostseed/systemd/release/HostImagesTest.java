package dev.hostseed.systemd.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.LoadRecord;
import dev.hostseed.core.image.LoadRecord.Brought;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.image.LockedImage;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.Prune;
import dev.hostseed.core.image.Scan;
import dev.hostseed.core.testing.ScriptedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HostImagesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    private final List<String> said = new ArrayList<>();

    @Test
    void what_no_kept_release_of_any_project_needs_goes_and_is_forgotten() throws IOException {
        release("shop", "r3", 3, 4);
        release("shop", "r2", 2);
        release("blog", "b1", 1);
        link("shop", "current", "r3");
        link("shop", "previous", "r2");
        link("blog", "current", "b1");
        record("shop", 0, 1, 2, 3, 4);
        try (var fake = ScriptedEngine.start(root, 44, false)) {
            for (var number = 0; number < 6; number++) {
                fake.put(digest(number, 0).value(), List.of("a/image:" + number));
            }

            var report = new HostImages(root, said::add).prune(Engine.at(fake.socket()), false);

            assertThat(report.fates()).containsOnlyKeys(brought(0));
            assertThat(fake.ids()).hasSize(5).doesNotContain(digest(0, 0).value());
            assertThat(read("shop")).containsExactly(brought(1), brought(2), brought(3), brought(4));
        }
        assertThat(said).isEmpty();
    }

    @Test
    void a_dry_run_forgets_nothing() throws IOException {
        release("shop", "r1", 1);
        link("shop", "current", "r1");
        record("shop", 0);
        try (var fake = ScriptedEngine.start(root, 44, true)) {
            fake.put(digest(0, 1).value(), List.of("a/image:0"));

            var report = new HostImages(root, said::add).prune(Engine.at(fake.socket()), true);

            assertThat(report.fates().get(brought(0))).isInstanceOf(Prune.Fate.Removed.class);
            assertThat(fake.changes()).isEmpty();
        }
        assertThat(read("shop")).containsExactly(brought(0));
    }

    @Test
    void nothing_goes_where_a_lock_cannot_be_read() throws IOException {
        release("shop", "r1", 1);
        link("shop", "current", "r1");
        record("shop", 0);
        Files.writeString(project("shop").resolve("releases/r1/bundle/hostseed.lock"), "{}");
        try (var fake = ScriptedEngine.start(root, 44, false)) {
            fake.put(digest(0, 0).value(), List.of());

            assertThatThrownBy(() -> new HostImages(root, said::add).prune(Engine.at(fake.socket()), false))
                    .isInstanceOf(BadBundleException.class)
                    .hasMessageContaining("releases/r1/bundle/hostseed.lock");
            assertThat(fake.requests()).isEmpty();
        }
    }

    @Test
    void nothing_goes_while_a_release_is_installed() throws IOException {
        try (var _ = InstallLock.take(root);
                var fake = ScriptedEngine.start(root, 44, false)) {
            assertThatThrownBy(() -> new HostImages(root, said::add).prune(Engine.at(fake.socket()), false))
                    .isInstanceOf(BusyException.class);
        }
    }

    @Test
    void a_host_without_projects_has_nothing_to_prune() throws IOException {
        try (var fake = ScriptedEngine.start(root, 44, false)) {
            assertThat(new HostImages(root, said::add)
                            .prune(Engine.at(fake.socket()), false)
                            .fates())
                    .isEmpty();
        }
    }

    @Test
    void the_locks_of_all_releases_tell_what_an_engine_was_loaded_by() throws IOException {
        release("shop", "r1", 1);
        release("shop", "r2", 2, 3);
        Files.createDirectories(project("shop").resolve("releases/r3"));
        release("other", "r1", 4);

        assertThat(HostImages.earlier(project("shop"), said::add))
                .flatExtracting(Lock::images)
                .extracting(image -> image.reference().tag())
                .containsExactly("1", "2", "3");
        assertThat(said).singleElement().asString().contains("r3", "ignoring");
        assertThat(HostImages.earlier(project("none"), said::add)).isEmpty();
    }

    private Path project(String name) {
        return root.resolve("var/lib/hostseed").resolve(name);
    }

    private void release(String project, String id, int... images) throws IOException {
        var bundle = Files.createDirectories(project(project).resolve("releases/" + id + "/bundle"));
        var locked = new ArrayList<LockedImage>();
        for (var number : images) {
            locked.add(new LockedImage(
                    ImageReference.parse("a/image:" + number),
                    "",
                    Platform.ofThisMachine(),
                    new Content(digest(number, 0), 1),
                    new Content(digest(number, 2), 1),
                    digest(number, 1),
                    List.of()));
        }
        var lock = new Lock(new ProjectName(project), 1, Scan.NONE, locked);
        Files.write(bundle.resolve("hostseed.lock"), LockFile.write(lock));
    }

    private void link(String project, String name, String id) throws IOException {
        Files.createSymbolicLink(project(project).resolve(name), Path.of("releases", id));
    }

    private void record(String project, int... images) throws IOException {
        var brought = new ArrayList<Brought>();
        for (var number : images) {
            brought.add(brought(number));
        }
        new LoadRecord(brought, new LoadRecord.Mark.None())
                .write(project(project).resolve(HostImages.RECORD));
    }

    private List<Brought> read(String project) throws IOException {
        return LoadRecord.read(project(project).resolve(HostImages.RECORD), said::add)
                .brought();
    }

    private static Brought brought(int number) {
        return new Brought("a/image:" + number, digest(number, 0), digest(number, 1));
    }

    private static Digest digest(int number, int form) {
        return Digest.of(new byte[] {(byte) number, (byte) form});
    }
}
