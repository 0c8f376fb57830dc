package dev.hostseed.core.image;

import dev.hostseed.core.file.Disk;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// A hidden directory beside a bundle's place, in which one run at a time makes another bundle for it. What a run that
/// was killed has left in it, the next one removes, or takes back where the place has nothing.
///
/// Left behind is nothing, the directory neither.
final class Workspace implements AutoCloseable {
    private final Path place;
    private final Path directory;
    private final Disk disk;
    private final WorkspaceLock lock;

    private Workspace(Path place, Path directory, Disk disk, WorkspaceLock lock) {
        this.place = place;
        this.directory = directory;
        this.disk = disk;
        this.lock = lock;
    }

    /// The workspace beside `place`, a directory or a file; where that is a link, beside what it leads to.
    ///
    /// @throws BundleInUseException if another run has it
    static Workspace beside(Path place, Disk disk) throws IOException {
        var real = Files.exists(place) ? place.toRealPath() : place.toAbsolutePath();
        var parent = Objects.requireNonNull(real.getParent(), "a bundle has a parent directory");
        Files.createDirectories(parent);
        var directory = parent.resolve("." + real.getFileName() + ".hostseed");
        var workspace = new Workspace(real, directory, disk, WorkspaceLock.take(directory, disk));
        try {
            workspace.tidy();
        } catch (IOException failure) {
            workspace.lock.close();
            throw failure;
        }
        return workspace;
    }

    /// What is to take the place: made by the owner of the workspace.
    Path made() {
        return directory.resolve("made");
    }

    /// Where what is not complete lies.
    Path parts() {
        return directory.resolve("parts");
    }

    /// A file that may take the place instead of [#made].
    Path archive() {
        return directory.resolve("archive");
    }

    /// Has `what` in the workspace, all of which is on the medium, take the place. What was there is the old one until
    /// the disk has done it; after that it is in the workspace.
    ///
    /// A file system that cannot exchange two directories has a moment in which the place is empty; who is killed
    /// then leaves it so until the next run.
    void put(Path what) throws IOException {
        disk.sync(directory);
        if (!Files.isDirectory(place)) {
            disk.rename(what, place);
        } else if (!disk.exchange(what, place)) {
            disk.rename(place, former());
            disk.sync(directory);
            disk.rename(what, place);
        }
        disk.sync(Objects.requireNonNull(place.getParent()));
        disk.sync(directory);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            clear();
            WorkspaceLock.delete(directory, disk);
            disk.delete(directory);
        } catch (DirectoryNotEmptyException anothers) {
            return; // another run has begun in it, or there is something that is not ours
        }
    }

    private Path former() {
        return directory.resolve("former");
    }

    /// A killed run had moved the old bundle away, and not yet the new one to its place.
    private void tidy() throws IOException {
        if (Files.notExists(place) && Files.exists(former())) {
            disk.rename(former(), place);
            disk.sync(Objects.requireNonNull(place.getParent()));
        }
        clear();
    }

    private void clear() throws IOException {
        for (var tree : List.of(made(), archive(), former(), parts())) {
            if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
                delete(tree, disk);
            }
        }
    }

    static void delete(Path tree, Disk disk) throws IOException {
        try (var files = Files.walk(tree)) {
            for (var file : files.toList().reversed()) {
                disk.delete(file);
            }
        }
    }
}
