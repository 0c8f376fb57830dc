package dev.hostseed.core.file;

import dev.hostseed.core.host.FileMode;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/// Files as the Java platform has them. Where a file system knows no modes, there are none.
enum RealDisk implements Disk {
    INSTANCE;

    @Override
    public void makeDirectory(Path directory, FileMode mode) throws IOException {
        Files.createDirectory(directory);
        Modes.set(directory, mode);
    }

    @Override
    public void create(Path file, Content content, FileMode mode) throws IOException {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(file, options, ownerOnly(file))) {
            var out = Channels.newOutputStream(channel);
            content.writeTo(out);
            Modes.set(file, mode);
            channel.force(true);
        }
    }

    @Override
    public void link(Path link, String target) throws IOException {
        Files.createSymbolicLink(link, link.getFileSystem().getPath(target));
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public boolean exchange(Path one, Path other) throws IOException {
        return one.getFileSystem() == FileSystems.getDefault() && Exchange.of(one, other);
    }

    @Override
    public void share(Path file, Path original) throws IOException {
        try {
            Files.createLink(file, original);
        } catch (FileAlreadyExistsException there) {
            throw there;
        } catch (IOException | UnsupportedOperationException noSecondName) {
            Disk.super.share(file, original); // another owner's file, another file system, or one without such names
            return;
        }
        sync(file); // who wrote the original may not have waited
    }

    @Override
    public void delete(Path path) throws IOException {
        Files.deleteIfExists(path);
    }

    @Override
    public void sync(Path directory) throws IOException {
        if (directory.getFileSystem() != FileSystems.getDefault()) {
            return; // only the system's own files lie on a medium, and only there can a directory be opened
        }
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return Modes.areKnown(file)
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(Modes.permissions(FileMode.SECRET))}
                : new FileAttribute<?>[0];
    }
}
