package dev.hostseed.systemd.release;

import dev.hostseed.core.file.Checksums;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.systemd.unit.ProjectUnits;
import dev.hostseed.systemd.unit.UnitName;
import dev.hostseed.systemd.unit.UnitNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// One installation, step by step.
final class Installation {
    private static final UnitName DOCKER = new UnitName("docker.service");
    private static final String RUNTIME = "runtime/";
    private static final String BUNDLE = Medium.BUNDLE + "/";
    private static final String BLOBS = BUNDLE + "blobs/";

    private final Installer to;
    private final Medium medium;
    private final TargetPath mark;
    private final TargetPath runtime;
    private final TargetPath release;

    Installation(Installer to, Medium medium, TargetPath mark) {
        this.to = to;
        this.medium = medium;
        this.mark = mark;
        this.runtime = HostPaths.RUNTIMES.resolve(medium.buildId());
        this.release =
                HostPaths.release(medium.manifest().project(), medium.manifest().id());
    }

    /// What is done as soon as the host has the new release.
    @FunctionalInterface
    interface Remembering {
        void run() throws IOException;
    }

    void run(Remembering remember) throws IOException {
        var earlier = EarlierReleases.read(medium.manifest().project(), to.root(), to.report());
        ForeignUnits.check(medium, earlier, to.root());
        tidy();
        new DiskSpace(to.root()).require(sizes());
        var known = exists(release);
        placeDirectories();
        if (known) {
            sealBundle();
        }
        var dockerSettings = new DockerSettings(to.root()).missing(to.report());
        write(dockerSettings);
        var unitsChanged = switchOver();
        unitsChanged |= earlier.removeUnitsMissingIn(medium.manifest(), to.disk());
        remember.run();
        write(file(mark, FileContent.readable(medium.manifest().id() + "\n")));
        Leftovers.remove(medium.manifest().project(), to.root(), to.disk());
        start(unitsChanged, !dockerSettings.isEmpty());
    }

    private void tidy() throws IOException {
        Directories.tidy(HostPaths.RUNTIMES.under(to.root()), to.disk());
        Directories.tidy(HostPaths.releases(medium.manifest().project()).under(to.root()), to.disk());
    }

    /// What is going to be copied, by the directory that it comes to lie in.
    private SortedMap<TargetPath, Long> sizes() throws IOException {
        var sizes = new TreeMap<TargetPath, Long>();
        for (var entry : medium.entries().entrySet()) {
            var place = entry.getKey().startsWith(RUNTIME) ? runtime : release;
            if (!exists(place)) {
                sizes.merge(place, Files.size(entry.getValue().source()), Long::sum);
            }
        }
        return sizes;
    }

    /// Both directories are complete before the first takes its place.
    private void placeDirectories() throws IOException {
        var staged = new LinkedHashMap<TargetPath, Path>();
        try {
            stage(runtime, Directories.MODE, this::fillRuntime, staged);
            stage(release, Directories.ROOT_ONLY, this::fillRelease, staged);
        } catch (IOException failed) {
            discard(failed);
            throw failed;
        }
        for (var directory : staged.entrySet()) {
            Directories.take(directory.getKey().under(to.root()), directory.getValue(), to.disk());
            to.report().accept("copied " + directory.getKey());
        }
    }

    /// Gives a release that was there already the lock and the signatures of the medium: a release has the same
    /// name whoever signed its lock.
    private void sealBundle() throws IOException {
        var bundle = release.resolve(Medium.BUNDLE);
        var files = new TreeMap<TargetPath, FileContent>();
        for (var path : medium.entries().keySet()) {
            if (path.startsWith(BUNDLE) && !path.startsWith(BLOBS)) {
                var place = bundle.resolve(path.substring(BUNDLE.length()));
                var content = medium.read(path);
                if (!isThere(place, content)) {
                    files.put(place, new FileContent.Held(content, FileMode.READABLE));
                }
            }
        }
        write(files);
        for (var name : List.of(Bundle.SSH_SIGNATURE, Bundle.COSIGN_SIGNATURE)) {
            var former = bundle.resolve(name).under(to.root());
            if (!medium.entries().containsKey(BUNDLE + name) && Files.exists(former, LinkOption.NOFOLLOW_LINKS)) {
                to.disk().delete(former);
            }
        }
    }

    private boolean isThere(TargetPath place, Bytes content) throws IOException {
        var file = place.under(to.root());
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                && Bytes.of(Files.readAllBytes(file)).equals(content);
    }

    private void stage(TargetPath place, FileMode mode, Filling filling, Map<TargetPath, Path> staged)
            throws IOException {
        if (!exists(place)) { // else it is complete, or it would not have its name
            var directory = Directories.stage(place.under(to.root()), mode, to.disk());
            staged.put(place, directory);
            filling.fill(directory);
        }
    }

    private void discard(IOException failed) {
        try {
            tidy();
            prune(HostPaths.RUNTIMES, "/opt");
            prune(HostPaths.releases(medium.manifest().project()), "/var/lib");
        } catch (IOException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private void prune(TargetPath directory, String end) throws IOException {
        Directories.prune(directory.under(to.root()), new TargetPath(end).under(to.root()), to.disk());
    }

    @FunctionalInterface
    private interface Filling {
        void fill(Path staged) throws IOException;
    }

    private void fillRuntime(Path staged) throws IOException {
        copy(RUNTIME, staged);
    }

    private void fillRelease(Path staged) throws IOException {
        var own = new TreeMap<TargetPath, FileContent>();
        own.put(new TargetPath("/" + Manifest.NAME), new FileContent.Held(medium.manifestText(), FileMode.READABLE));
        medium.files().forEach((path, content) -> {
            if (isOwn(path)) {
                own.put(new TargetPath(path.value().substring(release.value().length())), content);
            }
        });
        FileTree.write(own, staged, to.disk());
        var bundle = staged.resolve("bundle");
        Directories.make(bundle, to.disk());
        copy(BUNDLE, bundle);
    }

    private boolean isOwn(TargetPath path) {
        return path.value().startsWith(release.value() + "/");
    }

    private void copy(String prefix, Path directory) throws IOException {
        for (var entry : medium.entries().entrySet()) {
            if (entry.getKey().startsWith(prefix)) {
                var file = directory.resolve(entry.getKey().substring(prefix.length()));
                Directories.make(Objects.requireNonNull(file.getParent()), to.disk());
                copy(entry.getKey(), entry.getValue(), file);
            }
        }
    }

    /// Looks at each byte on its way. A file keeps its time: the class cache goes by that of the jars.
    private void copy(String path, Medium.Entry entry, Path file) throws IOException {
        var mode = Files.isExecutable(entry.source()) ? FileMode.EXECUTABLE : FileMode.READABLE;
        to.disk()
                .create(
                        file,
                        out -> {
                            try (var in = Files.newInputStream(entry.source())) {
                                if (!Checksums.copy(in, out).equals(entry.digest())) {
                                    throw new BadBundleException("damaged on the medium: " + path);
                                }
                            }
                            Files.setLastModifiedTime(file, Files.getLastModifiedTime(entry.source()));
                        },
                        mode);
    }

    /// From the old release to the new one; whether any unit changed. The link that enables all comes last:
    /// before it, a host that had nothing still has nothing.
    private boolean switchOver() throws IOException {
        var units = new TreeMap<TargetPath, FileContent>();
        var others = new TreeMap<TargetPath, FileContent>();
        medium.files().forEach((path, content) -> {
            if (ForeignUnits.isUnit(path)) {
                units.put(path, content);
            } else if (!isOwn(path)) {
                others.put(path, content);
            }
        });
        others.putAll(previousLink(HostPaths.RUNTIMES, runtime));
        others.putAll(previousLink(HostPaths.project(medium.manifest().project()), release));
        write(others);
        var enabling =
                ProjectUnits.enablingLink(UnitNames.target(medium.manifest().project()));
        var enable = units.remove(enabling);
        units.putAll(currentLink(HostPaths.RUNTIMES, runtime));
        units.putAll(currentLink(HostPaths.project(medium.manifest().project()), release));
        var unitsChanged = write(units);
        if (enable != null) {
            unitsChanged |= write(file(enabling, enable));
        }
        return unitsChanged;
    }

    private static SortedMap<TargetPath, FileContent> currentLink(TargetPath directory, TargetPath place) {
        return file(directory.resolve("current"), new FileContent.Link(nameIn(directory, place)));
    }

    /// The link to what is current before `place` is; nothing, if there is nothing or it is `place`. It is there
    /// before the other one changes, so that what it leads to is kept.
    private SortedMap<TargetPath, FileContent> previousLink(TargetPath directory, TargetPath place) throws IOException {
        var current = directory.resolve("current").under(to.root());
        if (!Files.isSymbolicLink(current)) {
            return new TreeMap<>();
        }
        var target = Files.readSymbolicLink(current).toString();
        return target.equals(nameIn(directory, place))
                ? new TreeMap<>()
                : file(directory.resolve("previous"), new FileContent.Link(target));
    }

    private static String nameIn(TargetPath directory, TargetPath place) {
        return place.value().substring(directory.value().length() + 1);
    }

    private void start(boolean unitsChanged, boolean dockerChanged) throws SystemctlException {
        if (unitsChanged) {
            to.systemctl().daemonReload();
        }
        if (dockerChanged) {
            to.systemctl().reloadIfActive(DOCKER);
        }
        to.systemctl().start(UnitNames.target(medium.manifest().project()));
    }

    private boolean write(SortedMap<TargetPath, FileContent> files) throws IOException {
        return !FileTree.write(files, to.root(), to.disk()).isEmpty();
    }

    private boolean exists(TargetPath path) {
        return Files.isDirectory(path.under(to.root()), LinkOption.NOFOLLOW_LINKS);
    }

    private static TreeMap<TargetPath, FileContent> file(TargetPath path, FileContent content) {
        var files = new TreeMap<TargetPath, FileContent>();
        files.put(path, content);
        return files;
    }
}
