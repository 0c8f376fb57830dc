package dev.hostseed.core.file;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.TargetPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;

/// One run of the writer: all files are staged beside their places, then all take their places.
final class Replacement {
    private final Path root;
    private final Disk disk;
    private final Map<Path, Path> staged = new LinkedHashMap<>();
    private final LinkedHashSet<Path> changedDirectories = new LinkedHashSet<>();

    Replacement(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    void run(SortedMap<TargetPath, FileContent> files) throws IOException {
        if (files.isEmpty()) {
            return;
        }
        Files.createDirectories(root);
        try {
            for (var file : files.entrySet()) {
                stage(file.getKey().under(root), file.getValue());
            }
            for (var file : staged.entrySet()) {
                disk.rename(file.getValue(), file.getKey());
            }
        } catch (IOException failed) {
            discard(failed);
            throw failed;
        }
        for (var directory : changedDirectories) {
            disk.sync(directory);
        }
    }

    private void stage(Path file, FileContent content) throws IOException {
        for (var directory : Standing.missingDirectories(file, root)) {
            disk.makeDirectory(directory, new FileMode(0755));
            changedDirectories.add(parent(directory));
        }
        changedDirectories.add(parent(file));
        var beside = file.resolveSibling(temporaryName(file));
        disk.delete(beside); // what a run that was killed has left
        staged.put(file, beside);
        switch (content) {
            case FileContent.Link(var target) -> disk.link(beside, target);
            case FileContent.Held(var bytes, var mode) -> disk.create(beside, out -> out.write(bytes.toArray()), mode);
            case FileContent.Copied(var source, var mode) -> disk.create(beside, out -> Files.copy(source, out), mode);
        }
    }

    /// The same for the same file, so that the next run finds it; short, whatever the file's name.
    private static String temporaryName(Path file) {
        var name = Objects.requireNonNull(file.getFileName()).toString();
        return ".hostseed-" + Digest.of(Bytes.of(name).toArray()).hex().substring(0, 16);
    }

    private void discard(IOException failed) {
        for (var temporary : staged.values()) {
            try {
                disk.delete(temporary);
            } catch (IOException alsoFailed) {
                failed.addSuppressed(alsoFailed);
            }
        }
    }

    private static Path parent(Path path) {
        return Objects.requireNonNull(path.getParent());
    }
}
