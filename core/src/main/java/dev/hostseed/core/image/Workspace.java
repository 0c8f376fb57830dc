package dev.hostseed.core.image;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.FileMode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// A hidden directory beside a bundle's place, in which one run at a time makes another bundle for it. What a run that
/// was killed has left in it, the next one removes, or takes back where the place has nothing.
///
/// Left behind is nothing, the directory neither.
final class Workspace implements AutoCloseable {
    private static final FileMode OPEN = new FileMode(0755);

    private final Path place;
    private final Path directory;
    private final Disk disk;
    private final FileChannel lock;

    private Workspace(Path place, Path directory, Disk disk, FileChannel lock) {
        this.place = place;
        this.directory = directory;
        this.disk = disk;
        this.lock = lock;
    }

    /// The workspace beside `place`, a directory or a file; where that is a link, beside what it leads to.
    ///
    /// @throws BundleInUseException if another run has it
    static Workspace beside(Path place, Disk disk) throws IOException {
        var real = Files.exists(place) ? place.toRealPath() : place.toAbsolutePath();
        var parent = Objects.requireNonNull(real.getParent(), "a bundle has a parent directory");
        Files.createDirectories(parent);
        var directory = parent.resolve("." + real.getFileName() + ".hostseed");
        var workspace = new Workspace(real, directory, disk, lock(directory, disk));
        try {
            workspace.tidy();
        } catch (IOException failure) {
            workspace.lock.close();
            throw failure;
        }
        return workspace;
    }

    /// What is to take the place: made by the owner of the workspace.
    Path made() {
        return directory.resolve("made");
    }

    /// Where what is not complete lies.
    Path parts() {
        return directory.resolve("parts");
    }

    /// A file that may take the place instead of [#made].
    Path archive() {
        return directory.resolve("archive");
    }

    /// Has `what` in the workspace, all of which is on the medium, take the place. What was there is the old one until
    /// the disk has
    /// done it; after that it is in the workspace.
    ///
    /// A file system that cannot exchange two directories has a moment in which the place is empty; who is killed
    /// then leaves it so until the next run.
    void put(Path what) throws IOException {
        disk.sync(directory);
        if (!Files.isDirectory(place)) {
            disk.rename(what, place);
        } else if (!disk.exchange(what, place)) {
            disk.rename(place, former());
            disk.sync(directory);
            disk.rename(what, place);
        }
        disk.sync(Objects.requireNonNull(place.getParent()));
        disk.sync(directory);
    }

    @Override
    public void close() throws IOException {
        try (lock) {
            clear();
            disk.delete(directory.resolve("lock"));
            disk.delete(directory);
        } catch (DirectoryNotEmptyException anothers) {
            return; // another run has begun in it, or there is something that is not ours
        }
    }

    private Path former() {
        return directory.resolve("former");
    }

    /// A killed run had moved the old bundle away, and not yet the new one to its place.
    private void tidy() throws IOException {
        if (Files.notExists(place) && Files.exists(former())) {
            disk.rename(former(), place);
            disk.sync(Objects.requireNonNull(place.getParent()));
        }
        clear();
    }

    private void clear() throws IOException {
        for (var tree : List.of(made(), archive(), former(), parts())) {
            if (Files.exists(tree, LinkOption.NOFOLLOW_LINKS)) {
                delete(tree, disk);
            }
        }
    }

    static void delete(Path tree, Disk disk) throws IOException {
        try (var files = Files.walk(tree)) {
            for (var file : files.toList().reversed()) {
                disk.delete(file);
            }
        }
    }

    private static FileChannel lock(Path directory, Disk disk) throws IOException {
        while (true) {
            makeDirectory(directory, disk);
            var locked = tryLock(directory.resolve("lock"));
            if (locked.isPresent()) {
                return locked.get();
            }
        }
    }

    private static void makeDirectory(Path directory, Disk disk) throws IOException {
        try {
            disk.makeDirectory(directory, OPEN);
            disk.sync(Objects.requireNonNull(directory.getParent()));
        } catch (FileAlreadyExistsException there) {
            if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                throw there;
            }
        }
    }

    /// @return nothing if the file is that of a run that has just ended
    private static Optional<FileChannel> tryLock(Path file) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(
                    file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException withItsDirectory) {
            return Optional.empty();
        }
        try {
            if (channel.tryLock() == null) {
                throw inUse(file);
            }
            if (isAt(file, channel)) {
                return Optional.of(channel);
            }
            channel.close();
            return Optional.empty();
        } catch (OverlappingFileLockException alsoTaken) {
            channel.close();
            throw inUse(file);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    /// Whether what `channel` has locked is what others will find at `file`: a word written here can be read there.
    private static boolean isAt(Path file, FileChannel channel) throws IOException {
        var word = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(word), 0);
        try {
            return Arrays.equals(word, Files.readAllBytes(file));
        } catch (NoSuchFileException removed) {
            return false;
        }
    }

    private static BundleInUseException inUse(Path file) {
        return new BundleInUseException("another run is making a bundle at the same place: " + file
                + " is locked; wait for it, or name another place");
    }
}
