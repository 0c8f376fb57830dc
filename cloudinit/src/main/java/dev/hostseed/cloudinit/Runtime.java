package dev.hostseed.cloudinit;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The distribution of hostseed that a host gets.
///
/// @param buildId what names its directory on the host
/// @param files by path in the distribution
public record Runtime(String buildId, SortedMap<String, FileContent> files) {
    private static final String BUILD_ID = "build-id";

    public Runtime {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /// The distribution that lies at `directory`. Its files are read when the seed is written; a symbolic link becomes
    /// the file that it leads to.
    ///
    /// @throws NoSuchFileException if there is none: a distribution has a `build-id`
    public static Runtime at(Path directory) throws IOException {
        var buildId = Files.readString(directory.resolve(BUILD_ID)).strip();
        var files = new TreeMap<String, FileContent>();
        for (var file : FileTree.list(directory).entrySet()) {
            var path = file.getValue();
            var mode = Files.isExecutable(path) ? FileMode.EXECUTABLE : FileMode.READABLE;
            files.put(file.getKey(), new FileContent.Copied(path, mode));
        }
        return new Runtime(buildId, files);
    }
}
