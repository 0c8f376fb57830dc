package dev.hostseed.systemd.release;

import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.systemd.unit.ProjectUnits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/// The releases of a project that lie on a host, whether they are in use or not.
///
/// @param root of the host
/// @param manifests by the id of the release
record EarlierReleases(Path root, SortedMap<String, Manifest> manifests) {

    /// @param report is told of a release that cannot be read, which is passed over
    static EarlierReleases read(ProjectName project, Path root, Consumer<String> report) throws IOException {
        var manifests = new TreeMap<String, Manifest>();
        for (var directory : directories(HostPaths.releases(project).under(root))) {
            try {
                var manifest = Manifest.read(Files.readAllBytes(directory.resolve(Manifest.NAME)));
                manifests.put(manifest.id(), manifest);
            } catch (MalformedDataException | NoSuchFileException unreadable) {
                report.accept("cannot read " + unreadable.getMessage() + " in " + directory + ", ignoring");
            }
        }
        return new EarlierReleases(root, manifests);
    }

    /// The directories in `parent` that have a name of their own.
    static List<Path> directories(Path parent) throws IOException {
        if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
            return List.of();
        }
        try (var all = Files.newDirectoryStream(
                parent,
                path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)
                        && !nameOf(path).startsWith("."))) {
            var directories = new TreeSet<Path>();
            all.forEach(directories::add);
            return List.copyOf(directories);
        }
    }

    static String nameOf(Path path) {
        return Objects.requireNonNull(path.getFileName()).toString();
    }

    /// Whether `path` belongs to one of them.
    boolean own(TargetPath path) {
        return manifests.values().stream().anyMatch(manifest -> manifest.paths().contains(path));
    }

    /// Removes the units that one of them has and `next` has not; whether there were any.
    boolean removeUnitsMissingIn(Manifest next, Disk disk) throws IOException {
        var stale = new TreeSet<TargetPath>();
        manifests.values().forEach(manifest -> stale.addAll(manifest.paths()));
        stale.removeAll(next.paths());
        stale.removeIf(path -> !ForeignUnits.isUnit(path));
        return delete(stale, root, disk);
    }

    /// Removes files and links, and the directories that are empty without them; whether there were any.
    static boolean delete(SortedSet<TargetPath> paths, Path root, Disk disk) throws IOException {
        var deleted = false;
        for (var path : paths) {
            var file = path.under(root);
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                disk.delete(file);
                disk.sync(Objects.requireNonNull(file.getParent()));
                deleted = true;
            }
            Directories.prune(
                    Objects.requireNonNull(file.getParent()), keptAbove(path).under(root), disk);
        }
        return deleted;
    }

    /// The directory that stays even if it is empty.
    private static TargetPath keptAbove(TargetPath path) {
        return ForeignUnits.isUnit(path) ? ProjectUnits.DIRECTORY : HostPaths.STATE;
    }
}
