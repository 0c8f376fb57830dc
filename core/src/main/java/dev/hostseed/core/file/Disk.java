package dev.hostseed.core.file;

import dev.hostseed.core.host.FileMode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Every change that hostseed makes to files goes through one of these, so that a test can stop it at any of them. Each
/// is lasting only after [#sync] of the directory that it happened in.
public interface Disk {
    /// Makes one directory, whose parent is there, with `mode` whatever the umask.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if anything is there
    void makeDirectory(Path directory, FileMode mode) throws IOException;

    /// Makes a file with `content` and `mode`, whatever the umask, and has its bytes on the medium before it returns.
    /// Until the content is complete, only the owner can read it.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if anything is there, a symbolic link included
    void create(Path file, Content content, FileMode mode) throws IOException;

    /// Makes a symbolic link.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if anything is there
    void link(Path link, String target) throws IOException;

    /// Gives what is at `from` the name `to` in one step; a file or a link that is at `to` is replaced.
    void rename(Path from, Path to) throws IOException;

    /// Has what is at `one` and what is at `other`, files or directories, change names in one step.
    ///
    /// @return false where the file system cannot; nothing has happened then
    default boolean exchange(Path one, Path other) throws IOException {
        return false;
    }

    /// Gives the bytes of `original` a second name, `file`; where the file system has no such, makes a copy.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if anything is at `file`
    default void share(Path file, Path original) throws IOException {
        create(file, out -> Files.copy(original, out), FileMode.READABLE);
    }

    /// Removes a file, a link or an empty directory; nothing there is fine.
    void delete(Path path) throws IOException;

    /// Has every change of names in `directory` on the medium before it returns.
    void sync(Path directory) throws IOException;

    /// What a file is made of, while it is made.
    @FunctionalInterface
    interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /// The disk that there is.
    static Disk real() {
        return RealDisk.INSTANCE;
    }
}
