package dev.hostseed.core.image;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.FileMode;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/// The file `lock` of a [Workspace], locked. Its owner removes it, with the workspace: so who has locked a file has yet
/// to see that it is the one which others will find. A process that closes a file gives up all its locks on it,
/// whichever descriptor they came by: so what was opened to see that stays open as long as the lock is held.
///
/// Rule: fcntl(2), "Advisory record locking".
///
/// @param locked the file
/// @param found the same file, opened by its name
record WorkspaceLock(FileChannel locked, FileChannel found) implements Closeable {
    private static final FileMode OPEN = new FileMode(0755);
    private static final String NAME = "lock";

    /// Locks `workspace`, which is made if it is not there.
    ///
    /// @throws BundleInUseException if another run has locked it
    static WorkspaceLock take(Path workspace, Disk disk) throws IOException {
        while (true) {
            make(workspace, disk);
            var taken = tryToTake(workspace.resolve(NAME));
            if (taken.isPresent()) {
                return taken.get();
            }
        }
    }

    /// Removes the file from `workspace`; it stays locked.
    static void delete(Path workspace, Disk disk) throws IOException {
        disk.delete(workspace.resolve(NAME));
    }

    @Override
    public void close() throws IOException {
        try (locked) {
            found.close();
        }
    }

    private static void make(Path workspace, Disk disk) throws IOException {
        try {
            disk.makeDirectory(workspace, OPEN);
            disk.sync(Objects.requireNonNull(workspace.getParent()));
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(workspace, LinkOption.NOFOLLOW_LINKS)) {
                throw there;
            }
        }
    }

    /// @return nothing if the file is that of a run that has just ended
    private static Optional<WorkspaceLock> tryToTake(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException withItsDirectory) {
            return Optional.empty();
        }
        var taken = Optional.<WorkspaceLock>empty();
        try {
            if (channel.tryLock() == null) {
                throw inUse(file);
            }
            taken = seen(file, channel);
            return taken;
        } catch (OverlappingFileLockException alsoTaken) {
            throw inUse(file);
        } finally {
            if (taken.isEmpty()) {
                channel.close();
            }
        }
    }

    /// The lock, if what `locked` has locked is at `file`: a word written here can be read there.
    private static Optional<WorkspaceLock> seen(Path file, FileChannel locked) throws IOException {
        var word = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        locked.write(ByteBuffer.wrap(word), 0);
        try {
            var found = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            if (Arrays.equals(word, Channels.newInputStream(found).readNBytes(word.length))) {
                return Optional.of(new WorkspaceLock(locked, found));
            }
            found.close();
            return Optional.empty();
        } catch (NoSuchFileException removed) {
            return Optional.empty();
        }
    }

    private static BundleInUseException inUse(Path file) {
        return new BundleInUseException("another run is making a bundle at the same place: " + file
                + " is locked; wait for it, or name another place");
    }
}
