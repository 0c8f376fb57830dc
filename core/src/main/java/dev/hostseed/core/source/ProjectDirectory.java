package dev.hostseed.core.source;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.ProjectFile;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;

/// The directory of a Compose file, and those of its files that travel with the host.
final class ProjectDirectory {
    /// Of all files together.
    static final int MAXIMUM_BYTES = 16 << 20;

    private final Path directory;
    private final TreeMap<String, ProjectFile> baked = new TreeMap<>();
    private long total;

    ProjectDirectory(Path directory) {
        this.directory = directory;
    }

    /// As the user named it.
    Path path() {
        return directory;
    }

    /// The files that travel, by path.
    List<ProjectFile> files() {
        return List.copyOf(baked.values());
    }

    /// Where `path` lies, which may be outside.
    ///
    /// @throws IllegalArgumentException if no path can read so
    Path resolve(String path) {
        return resolve(directory, path);
    }

    /// @throws IllegalArgumentException if no path can read so
    static Path resolve(Path directory, String path) {
        try {
            return directory.resolve(path);
        } catch (InvalidPathException bad) {
            throw new IllegalArgumentException("'" + path + "' is not a path", bad);
        }
    }

    /// Whether `path` stays within the directory, by its names alone.
    boolean holds(String path) {
        return resolve(path).toAbsolutePath().normalize().startsWith(root());
    }

    private Path root() {
        return directory.toAbsolutePath().normalize();
    }

    /// `path` in normal form, separated by `/`; `.` for the directory itself.
    String normal(String path) {
        var normal = root().relativize(resolve(path).toAbsolutePath().normalize())
                .toString()
                .replace('\\', '/');
        return normal.isEmpty() ? "." : normal;
    }

    /// Where `path` lies, in the one spelling from this directory, however it is written.
    ///
    /// @throws IllegalArgumentException if no path can read so
    Path local(String path) {
        return resolve(normal(path)).normalize();
    }

    /// Takes the file, or the files below the directory, at `path`, which is in normal form, and says whether there is
    /// something. Directories without files do not travel.
    ///
    /// @param named where it is asked for
    /// @throws IllegalArgumentException if it is too much, or has something that is neither file nor directory
    boolean bake(String path, Position named, Report report) throws IOException {
        var start = resolve(path);
        if (!Files.exists(start)) {
            return false;
        }
        if (!start.toRealPath().startsWith(directory.toRealPath())) {
            throw new IllegalArgumentException("'" + path + "' is a symbolic link out of the project directory");
        }
        var tree = BakedTree.below(start);
        if (tree.files().isEmpty()) {
            throw new IllegalArgumentException("'" + path + "' is empty, and a seed carries files only");
        }
        tree.refuseIfLargerThan(MAXIMUM_BYTES, path);
        for (var empty : tree.empty()) {
            var name = name(path, start, empty);
            report.warn(named, "the directory '" + name + "' is empty, ignoring", "put a file into it if it is needed");
        }
        for (var file : tree.files()) {
            take(name(path, start, file), file);
        }
        return true;
    }

    private static String name(String path, Path start, Path file) {
        var below = start.relativize(file).toString().replace('\\', '/');
        return below.isEmpty() ? path : path.equals(".") ? below : path + "/" + below;
    }

    private void take(String name, Path file) throws IOException {
        if (baked.containsKey(name)) {
            return;
        }
        if (!Files.isRegularFile(file) || !file.toRealPath().startsWith(directory.toRealPath())) {
            throw new IllegalArgumentException("'" + name + "' is not a regular file of the project");
        }
        if (!Passable.isName(name) || name.indexOf('\uFFFD') >= 0) {
            throw new IllegalArgumentException("'" + name + "' has a character that no list of files can hold");
        }
        total += Files.size(file);
        if (total > MAXIMUM_BYTES) {
            throw new IllegalArgumentException("'" + name + "' takes the project's files beyond 16 MiB");
        }
        baked.put(name, new ProjectFile(name, Bytes.of(Files.readAllBytes(file)), mode(file)));
    }

    /// As on disk, but for rights that only its owner should have: to write it, and to become someone else by it.
    private static FileMode mode(Path file) throws IOException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return FileMode.READABLE;
        }
        var bits = 0;
        for (var permission : Files.getPosixFilePermissions(file)) {
            bits |= 0400 >> permission.ordinal(); // declared as the bits stand, from the owner's reading on
        }
        return new FileMode(bits & 0755);
    }
}
