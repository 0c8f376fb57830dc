package dev.hostseed.core.file;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import java.nio.file.Path;

/// What is to stand at a path.
public sealed interface FileContent {
    /// A file with these bytes.
    record Held(Bytes bytes, FileMode mode) implements FileContent {}

    /// A file with the bytes that `source` has when it is written: for what is too large to hold.
    record Copied(Path source, FileMode mode) implements FileContent {}

    /// A symbolic link.
    ///
    /// @param target as it is stored: absolute, or relative to the link's directory
    record Link(String target) implements FileContent {}

    /// A file that everybody may read, with `text` in UTF-8.
    static FileContent readable(String text) {
        return new Held(Bytes.of(text), FileMode.READABLE);
    }

    /// A file that only root may read, with `text` in UTF-8.
    static FileContent secret(String text) {
        return new Held(Bytes.of(text), FileMode.SECRET);
    }
}
