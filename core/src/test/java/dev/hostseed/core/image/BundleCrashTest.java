package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.file.Disk;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is there after a crash at any moment of `bundle`, and after the run that follows.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BundleCrashTest {
    private static final Platform AMD64 = new Platform("linux", "amd64", "");
    private static final Map<String, byte[]> WITHOUT_OLD = files(false);
    private static final Map<String, byte[]> WITH_OLD = files(true);

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_first_bundle_is_whole_or_not_there(boolean exchanges) throws IOException {
        crashEverywhere(exchanges, false);
    }

    @Test
    void the_old_bundle_or_the_new_one_is_there() throws IOException {
        var states = crashEverywhere(true, true);

        assertThat(states).isGreaterThan(200); // or nothing was tried
    }

    @Test
    void where_names_cannot_be_exchanged_the_old_bundle_is_taken_back_by_the_next_run() throws IOException {
        crashEverywhere(false, true);
    }

    @Test
    void two_runs_do_not_make_one_bundle(@TempDir Path work) throws IOException { // a disk in memory locks nothing
        var place = work.resolve("bundle");
        var lock = new Lock(new ProjectName("shop"), 1, Scan.NONE, List.of());
        try (var first = Staging.beside(Target.directory(place), Disk.real())) {
            assertThatThrownBy(() -> Staging.beside(Target.directory(place), Disk.real()))
                    .isInstanceOf(BundleInUseException.class)
                    .hasMessageContaining(".bundle.hostseed/lock is locked");

            first.write(Bundle.LOCK, LockFile.write(lock));
            first.become(lock);
        }

        Staging.beside(Target.directory(place), Disk.real()).close();

        assertThat(work).isDirectoryContaining(path -> path.equals(place));
        assertThat(work.resolve(".bundle.hostseed")).doesNotExist();
    }

    @Test
    void names_are_exchanged_by_the_disk_that_there_is(@TempDir Path work) throws IOException {
        var one = Files.createDirectory(work.resolve("one"));
        var other = Files.createDirectory(work.resolve("other"));
        Files.writeString(one.resolve("file"), "of one");

        Assumptions.assumeTrue(Disk.real().exchange(one, other), "needs a file system that exchanges names");

        assertThat(other.resolve("file")).content().isEqualTo("of one");
        assertThat(one).isEmptyDirectory();
        assertThatThrownBy(() -> Disk.real().exchange(one, work.resolve("nothing")))
                .isInstanceOf(FileSystemException.class)
                .hasMessageContaining("error 2");
    }

    @Test
    void what_lies_in_the_workspace_and_is_not_ours_stays() throws IOException {
        try (var disk = disk(true)) {
            var foreign = disk.getPath("/work/.bundle.hostseed/thesis.txt");
            Files.createDirectories(foreign.getParent());
            Files.writeString(foreign, "years");

            collect(disk, "new", Disk.real());

            assertThat(foreign).content().isEqualTo("years");
            assertThat(kind(disk)).isEqualTo("new");
        }
    }

    /// @return how many states were looked at
    private static int crashEverywhere(boolean exchanges, boolean hasOld) throws IOException {
        var recording = new RecordingDisk(exchanges);
        try (var disk = disk(hasOld)) {
            collect(disk, "new", recording);
        }
        var states = 0;
        for (var count = 0; count <= recording.steps().size(); count++) {
            for (var lost : losses(recording.pending(count))) {
                states++;
                check(recording, count, lost, exchanges, hasOld);
            }
        }
        return states;
    }

    /// None, all, each one alone, and all but one.
    private static List<List<RecordingDisk.Step>> losses(List<RecordingDisk.Step> pending) {
        var losses = new ArrayList<List<RecordingDisk.Step>>(List.of(List.of(), pending));
        for (var one : pending) {
            losses.add(List.of(one));
            losses.add(pending.stream().filter(step -> step != one).toList());
        }
        return losses;
    }

    private static void check(
            RecordingDisk recording, int count, List<RecordingDisk.Step> lost, boolean exchanges, boolean hasOld)
            throws IOException {
        var what = "%s, after step %d of %s, without %s"
                .formatted(exchanges ? "exchange" : "rename", count, recording.steps(), lost);
        try (var disk = disk(hasOld)) {
            recording.replay(count, lost, disk);
            leaveLock(disk);
            if (hasOld && exchanges) {
                assertThat(kind(disk)).as(what).isIn("old", "new");
            } else {
                assertThat(kind(disk)).as(what).isIn("old", "new", "none");
            }
            if (hasOld) {
                Workspace.beside(disk.getPath("/work/bundle"), Disk.real()).close();
                assertThat(kind(disk)).as("cleaned up: " + what).isIn("old", "new");
            }

            collect(disk, "new", Disk.real());

            assertThat(kind(disk)).as(what).isEqualTo("new");
            try (var files = Files.list(disk.getPath("/work"))) {
                assertThat(files.map(file -> file.getFileName().toString()))
                        .as(what)
                        .containsExactlyInAnyOrder("bundle", "old.tar", "new.tar");
            }
        }
    }

    /// The lock's file is not written through the disk; a killed run leaves it.
    private static void leaveLock(FileSystem disk) throws IOException {
        var workspace = disk.getPath("/work/.bundle.hostseed");
        if (Files.exists(workspace)) {
            Files.writeString(workspace.resolve("lock"), "");
        }
    }

    private static FileSystem disk(boolean hasOld) throws IOException {
        var disk = Jimfs.newFileSystem(Configuration.unix());
        TestImages.write(disk.getPath("/work"), hasOld ? WITH_OLD : WITHOUT_OLD);
        return disk;
    }

    /// What is on the disk before, by path.
    private static Map<String, byte[]> files(boolean hasOld) {
        var files = new TreeMap<String, byte[]>();
        try (var disk = Jimfs.newFileSystem(Configuration.unix())) {
            var work = Files.createDirectories(disk.getPath("/work"));
            var base = TestImages.layer("bin/sh", "a shell");
            for (var name : List.of("old", "new")) {
                var layers = List.of(base, TestImages.layer(name, name));
                Files.write(work.resolve(name + ".tar"), TestImages.saved("a/one:1", "amd64", layers));
            }
            if (hasOld) {
                collect(disk, "old", Disk.real());
            }
            for (var file : FileTree.list(work).entrySet()) {
                files.put(file.getKey(), Files.readAllBytes(file.getValue()));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return files;
    }

    private static Lock collect(FileSystem files, String archive, Disk disk) throws IOException {
        var work = files.getPath("/work");
        return Bundle.collect(
                new Request(
                        new ProjectName("shop"),
                        new TreeSet<>(List.of(ImageReference.parse("a/one:1"))),
                        AMD64,
                        Pins.NONE),
                List.of(new ImageSource.FromArchive(work.resolve(archive + ".tar"))),
                Target.directory(work.resolve("bundle")),
                Progress.SILENT,
                disk);
    }

    /// Which bundle is in the place, verified to the last byte: `old`, `new` or `none`.
    private static String kind(FileSystem disk) throws IOException {
        Path place = disk.getPath("/work/bundle");
        if (Files.notExists(place)) {
            return "none";
        }
        var lock = LockFile.read(place.resolve(Bundle.LOCK));
        Bundle.verify(place, lock, Progress.SILENT);
        var last = lock.images().getFirst().layers().getLast().plain().digest();
        return last.equals(Digest.of(TestImages.layer("new", "new"))) ? "new" : "old";
    }
}
