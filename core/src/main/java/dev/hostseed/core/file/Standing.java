package dev.hostseed.core.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;

/// What stands at a path, no link followed.
final class Standing {
    private Standing() {}

    /// The directories that `file` needs and that are missing, from the uppermost.
    ///
    /// @throws ObstructedException if between `root` and `file` there is anything but directories
    static Iterable<Path> missingDirectories(Path file, Path root) throws ObstructedException {
        var missing = new ArrayDeque<Path>();
        for (var at = file.getParent(); at != null && at.startsWith(root) && !at.equals(root); at = at.getParent()) {
            if (!exists(at)) {
                missing.addFirst(at);
            } else if (!Files.isDirectory(at, LinkOption.NOFOLLOW_LINKS)) {
                throw new ObstructedException(at, kind(at), "a directory");
            }
        }
        return missing;
    }

    /// @throws ObstructedException if what stands at `file` is of another kind than `content`
    static void checkKind(Path file, FileContent content) throws ObstructedException {
        var isLink = content instanceof FileContent.Link;
        if (exists(file) && !(isLink ? Files.isSymbolicLink(file) : isFile(file))) {
            throw new ObstructedException(file, kind(file), isLink ? "a symbolic link" : "a file");
        }
    }

    /// Whether `file` already is as `content` has it, mode included.
    static boolean is(Path file, FileContent content) throws IOException {
        return exists(file)
                && switch (content) {
                    case FileContent.Link(var target) ->
                        Files.readSymbolicLink(file).toString().equals(target);
                    case FileContent.Held(var bytes, var mode) ->
                        Modes.of(file, mode).equals(mode)
                                && same(file, new ByteArrayInputStream(bytes.toArray()), bytes.size());
                    case FileContent.Copied(var source, var mode) -> {
                        try (var in = Files.newInputStream(source)) {
                            yield Modes.of(file, mode).equals(mode) && same(file, in, Files.size(source));
                        }
                    }
                };
    }

    private static boolean same(Path file, InputStream wanted, long size) throws IOException {
        if (Files.size(file) != size) {
            return false;
        }
        try (var found = Files.newInputStream(file)) {
            byte[] block;
            do {
                block = wanted.readNBytes(1 << 16);
                if (!Arrays.equals(block, found.readNBytes(1 << 16))) {
                    return false;
                }
            } while (block.length > 0);
            return true;
        }
    }

    private static boolean exists(Path path) {
        return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isFile(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
    }

    private static String kind(Path path) {
        if (Files.isSymbolicLink(path)) {
            return "a symbolic link";
        }
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return "a directory";
        }
        return isFile(path) ? "a file" : "a special file";
    }
}
