package dev.hostseed.core.image;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.FileMode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// A disk that remembers each change of names with the directories that it happened in, so that a test can make what a
/// crash at any moment leaves: changes in directories that were not synced since may have happened or not.
final class RecordingDisk implements Disk {
    private final Disk real = Disk.real();
    private final boolean exchanges;
    private final List<Step> steps = new ArrayList<>();

    /// @param exchanges whether it is of a file system that can exchange two names
    RecordingDisk(boolean exchanges) {
        this.exchanges = exchanges;
    }

    /// One change, or one sync.
    ///
    /// @param what for messages
    /// @param directories whose names it changes
    /// @param synced the directory that it brings to the medium; empty if it is a change
    record Step(String what, Set<String> directories, String synced, Change change) {}

    interface Change {
        void replay(FileSystem disk) throws IOException;
    }

    List<Step> steps() {
        return steps;
    }

    /// Those of the first `count` steps that may not have reached the medium.
    List<Step> pending(int count) {
        var pending = new ArrayList<Step>();
        for (var step : steps.subList(0, count)) {
            pending.removeIf(one -> one.directories().contains(step.synced()));
            if (step.synced().isEmpty()) {
                pending.add(step);
            }
        }
        return pending;
    }

    /// Does the first `count` steps on `disk`, without those in `lost` and those that are impossible without them.
    void replay(int count, List<Step> lost, FileSystem disk) {
        for (var step : steps.subList(0, count)) {
            if (!lost.contains(step)) {
                try {
                    step.change().replay(disk);
                } catch (IOException impossible) {
                    continue;
                }
            }
        }
    }

    private void record(String what, Change change, Path... paths) {
        var directories = new TreeSet<String>();
        for (var path : paths) {
            directories.add(String.valueOf(path.getParent()));
        }
        steps.add(new Step(what + " " + List.of(paths), directories, "", change));
    }

    @Override
    public void makeDirectory(Path directory, FileMode mode) throws IOException {
        real.makeDirectory(directory, mode);
        var name = directory.toString();
        record("mkdir", disk -> Files.createDirectory(disk.getPath(name)), directory);
    }

    @Override
    public void create(Path file, Content content, FileMode mode) throws IOException {
        var bytes = new ByteArrayOutputStream();
        content.writeTo(bytes);
        real.create(file, out -> out.write(bytes.toByteArray()), mode);
        var name = file.toString();
        record("create", disk -> Files.write(disk.getPath(name), bytes.toByteArray()), file);
    }

    @Override
    public void link(Path link, String target) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        real.rename(from, to);
        var one = from.toString();
        var other = to.toString();
        record("rename", disk -> move(disk, one, other), from, to);
    }

    @Override
    public boolean exchange(Path one, Path other) throws IOException {
        if (!exchanges) {
            return false;
        }
        var first = one.toString();
        var second = other.toString();
        Change change = disk -> {
            move(disk, first, first + "~");
            move(disk, second, first);
            move(disk, first + "~", second);
        };
        change.replay(one.getFileSystem());
        record("exchange", change, one, other);
        return true;
    }

    @Override
    public void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            real.delete(path);
            var name = path.toString();
            record("delete", disk -> Files.delete(disk.getPath(name)), path);
        }
    }

    @Override
    public void sync(Path directory) {
        steps.add(new Step("sync " + directory, Set.of(), directory.toString(), disk -> {}));
    }

    private static void move(FileSystem disk, String from, String to) throws IOException {
        Files.move(disk.getPath(from), disk.getPath(to), StandardCopyOption.REPLACE_EXISTING);
    }
}
