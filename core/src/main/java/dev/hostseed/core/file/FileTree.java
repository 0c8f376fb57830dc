package dev.hostseed.core.file;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.TargetPath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/// Files on a disk: the one writer of what was rendered, and the reader of directories.
public final class FileTree {
    private FileTree() {}

    /// [#write(SortedMap, Path, Disk)] on the disk that there is.
    public static SortedSet<TargetPath> write(SortedMap<TargetPath, FileContent> files, Path root) throws IOException {
        return write(files, root, Disk.real());
    }

    /// Makes the tree at `root` have `files`, and says which of them it did not have as they are to be. Missing
    /// directories are made, `root` too. Each file is wholly the old one or wholly the new one at any moment, and
    /// none is replaced before all new ones lie complete beside them. When this returns, they survive a loss of
    /// power.
    ///
    /// @throws ObstructedException if something of another kind stands where a file or a directory is to be: no
    /// symbolic link below `root` is followed. Nothing was changed.
    /// @throws IOException if the disk fails; each file is the old one or the new one
    public static SortedSet<TargetPath> write(SortedMap<TargetPath, FileContent> files, Path root, Disk disk)
            throws IOException {
        var toWrite = new TreeMap<TargetPath, FileContent>();
        for (var file : files.entrySet()) {
            var path = file.getKey().under(root);
            Standing.missingDirectories(path, root);
            Standing.checkKind(path, file.getValue());
            if (!Standing.is(path, file.getValue())) {
                toWrite.put(file.getKey(), file.getValue());
            }
        }
        new Replacement(root, disk).run(toWrite);
        return Collections.unmodifiableSortedSet(toWrite.navigableKeySet());
    }

    /// Every file and link below `directory`, by path relative to it, `/` between elements, with modes; a link is not
    /// followed. Whole files are held: for directories of a few MiB.
    ///
    /// @throws ObstructedException if there is a special file
    public static SortedMap<String, FileContent> read(Path directory) throws IOException {
        var contents = new TreeMap<String, FileContent>();
        for (var file : list(directory).entrySet()) {
            contents.put(file.getKey(), content(file.getValue()));
        }
        return contents;
    }

    /// Every file and link below `directory`, by path relative to it, `/` between elements. Contents are not read.
    public static SortedMap<String, Path> list(Path directory) throws IOException {
        var files = new TreeMap<String, Path>();
        try (var paths = Files.walk(directory)) {
            paths.filter(path -> !Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .forEach(path -> files.put(relative(path, directory), path));
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        return files;
    }

    private static String relative(Path path, Path directory) {
        return directory
                .relativize(path)
                .toString()
                .replace(path.getFileSystem().getSeparator(), "/");
    }

    private static FileContent content(Path file) throws IOException {
        if (Files.isSymbolicLink(file)) {
            return new FileContent.Link(Files.readSymbolicLink(file).toString());
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new ObstructedException(file, "a special file", "a file");
        }
        return new FileContent.Held(Bytes.of(Files.readAllBytes(file)), Modes.of(file, FileMode.READABLE));
    }
}
