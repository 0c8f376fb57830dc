package dev.hostseed.systemd.release;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.LoadRecord;
import dev.hostseed.core.image.LoadRecord.Brought;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.image.Prune;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The images of all projects on a host: which were brought for them, and which their releases need.
///
/// @param root of the host
/// @param report is given lines for people
public record HostImages(Path root, Consumer<String> report) {

    /// Where it stands what was brought for a project, beside its releases.
    public static final String RECORD = "images.json";

    /// Removes from the Engine what was brought for any project, and what neither the release in use nor the one
    /// before it needs, of any project; an image that a container uses stays.
    ///
    /// @param dryRun whether to leave everything as it is
    /// @throws BusyException if a release is being installed
    /// @throws dev.hostseed.core.image.BadBundleException if a lock cannot be read, so that nobody knows what is
    /// needed; nothing was removed
    public Prune.Report prune(Engine engine, boolean dryRun) throws IOException {
        try (var _ = InstallLock.take(root)) {
            var kept = new ArrayList<Lock>();
            var records = new TreeMap<Path, LoadRecord>();
            for (var project : projects()) {
                kept.addAll(kept(project));
                records.put(project.resolve(RECORD), LoadRecord.read(project.resolve(RECORD), report));
            }
            var brought = new LinkedHashSet<Brought>();
            records.values().forEach(record -> brought.addAll(record.brought()));
            var pruned = Prune.run(engine, brought, kept, dryRun);
            if (!dryRun) {
                forget(records, pruned);
            }
            return pruned;
        }
    }

    /// The locks of all releases in `project`, its directory: what an Engine was loaded by before. One that cannot be
    /// read is spoken of and passed over, for all that it would save is time.
    public static List<Lock> earlier(Path project, Consumer<String> report) throws IOException {
        var locks = new ArrayList<Lock>();
        for (var release : EarlierReleases.directories(project.resolve("releases"))) {
            var lock = release.resolve("bundle").resolve(Bundle.LOCK);
            try {
                locks.add(LockFile.read(lock));
            } catch (BadBundleException | NoSuchFileException unreadable) {
                report.accept("cannot read " + lock + ", ignoring: " + unreadable.getMessage());
            }
        }
        return locks;
    }

    private static void forget(SortedMap<Path, LoadRecord> records, Prune.Report pruned) throws IOException {
        for (Map.Entry<Path, LoadRecord> record : records.entrySet()) {
            var left = record.getValue().without(pruned::isGone);
            if (!left.equals(record.getValue())) {
                left.write(record.getKey());
            }
        }
    }

    /// The directories of all projects.
    private List<Path> projects() throws IOException {
        var projects = new ArrayList<Path>();
        for (var directory : EarlierReleases.directories(HostPaths.STATE.under(root))) {
            if (Files.isDirectory(directory.resolve("releases"))) {
                projects.add(directory);
            }
        }
        return projects;
    }

    /// The locks of the releases that are kept.
    private static List<Lock> kept(Path project) throws IOException {
        var locks = new ArrayList<Lock>();
        for (var id : Leftovers.linked(project)) {
            var bundle = project.resolve("releases").resolve(id).resolve("bundle");
            locks.add(LockFile.read(bundle.resolve(Bundle.LOCK)));
        }
        return locks;
    }
}
