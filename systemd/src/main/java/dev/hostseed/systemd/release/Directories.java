package dev.hostseed.systemd.release;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.file.ObstructedException;
import dev.hostseed.core.host.FileMode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// Directories that come and go as a whole: one that has its name is complete.
final class Directories {
    /// What one is called while it is filled.
    private static final String NEW = ".new";

    /// What one is called while it is emptied.
    private static final String OLD = ".old";

    static final FileMode MODE = new FileMode(0755);

    /// Of one that holds secrets.
    static final FileMode ROOT_ONLY = new FileMode(0700);

    private Directories() {}

    /// Makes `directory` and all that is missing above it; a symbolic link is not followed.
    static void make(Path directory, Disk disk) throws IOException {
        if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new ObstructedException(directory, "something else", "a directory");
        }
        make(parent(directory), disk);
        disk.makeDirectory(directory, MODE);
        disk.sync(parent(directory));
    }

    /// An empty directory beside `place`, to be filled.
    static Path stage(Path place, FileMode mode, Disk disk) throws IOException {
        make(parent(place), disk);
        var staged = place.resolveSibling(NEW);
        delete(staged, disk);
        disk.makeDirectory(staged, mode);
        return staged;
    }

    /// Gives a directory that was filled the name `place`.
    static void take(Path place, Path staged, Disk disk) throws IOException {
        for (var path : walk(staged)) {
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                disk.sync(path);
            }
        }
        disk.rename(staged, place);
        disk.sync(parent(place));
    }

    /// Removes `directory` with all that is in it, if it is there: it loses its name first.
    static void remove(Path directory, Disk disk) throws IOException {
        var old = directory.resolveSibling(OLD);
        delete(old, disk);
        if (Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            disk.rename(directory, old);
            delete(old, disk);
        }
    }

    /// Removes what a run that was killed has left in `parent`.
    static void tidy(Path parent, Disk disk) throws IOException {
        delete(parent.resolve(NEW), disk);
        delete(parent.resolve(OLD), disk);
    }

    private static void delete(Path directory, Disk disk) throws IOException {
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (var path : walk(directory).reversed()) {
            disk.delete(path);
        }
    }

    /// `directory` and all that is in it, each directory before its contents.
    private static List<Path> walk(Path directory) throws IOException {
        try (var paths = Files.walk(directory)) {
            return paths.toList();
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
    }

    /// Removes `directory` and those above it up to `end`, which stays, as far as they are empty.
    static void prune(Path directory, Path end, Disk disk) throws IOException {
        for (var at = directory; isBelow(at, end) && isEmptyDirectory(at); at = parent(at)) {
            disk.delete(at);
            disk.sync(parent(at));
        }
    }

    private static boolean isBelow(Path path, Path directory) {
        return path.startsWith(directory) && !path.equals(directory);
    }

    private static boolean isEmptyDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var contents = Files.newDirectoryStream(directory)) {
            return !contents.iterator().hasNext();
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }
}
