package dev.hostseed.systemd.release;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.TargetPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Releases and runtimes that are neither in use nor the ones before.
final class Leftovers {
    private Leftovers() {}

    static void remove(ProjectName project, Path root, Disk disk) throws IOException {
        removeReleases(project, root, disk);
        var runtimes = HostPaths.RUNTIMES.under(root);
        var kept = linked(runtimes);
        for (var directory : EarlierReleases.directories(runtimes)) {
            if (!kept.contains(EarlierReleases.nameOf(directory))) {
                Directories.remove(directory, disk);
            }
        }
    }

    private static void removeReleases(ProjectName project, Path root, Disk disk) throws IOException {
        var releases = EarlierReleases.read(project, root, _ -> {});
        var kept = linked(HostPaths.project(project).under(root));
        var keptPaths = new HashSet<TargetPath>();
        releases.manifests().forEach((id, manifest) -> {
            if (kept.contains(id)) {
                keptPaths.addAll(manifest.paths());
            }
        });
        for (var release : releases.manifests().values()) {
            if (!kept.contains(release.id())) {
                var paths = new TreeSet<>(release.paths());
                paths.removeAll(keptPaths);
                paths.removeIf(
                        path -> ForeignUnits.isUnit(path) || isBelow(path, HostPaths.release(project, release.id())));
                EarlierReleases.delete(paths, root, disk);
                Directories.remove(HostPaths.release(project, release.id()).under(root), disk);
            }
        }
    }

    private static boolean isBelow(TargetPath path, TargetPath directory) {
        return path.value().startsWith(directory + "/");
    }

    /// The names of what `current` and `previous` in `directory` lead to.
    static Set<String> linked(Path directory) throws IOException {
        var names = new HashSet<String>();
        for (var link : List.of("current", "previous")) {
            var path = directory.resolve(link);
            if (Files.isSymbolicLink(path)) {
                names.add(EarlierReleases.nameOf(Files.readSymbolicLink(path)));
            }
        }
        return names;
    }
}
