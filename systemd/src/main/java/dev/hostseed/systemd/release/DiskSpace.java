package dev.hostseed.systemd.release;

import dev.hostseed.core.host.TargetPath;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.SortedMap;

/// Whether there is room for what is going to be written below `root`.
record DiskSpace(Path root) {

    /// @param sizes in bytes, by the directory that is going to have them
    /// @throws IOException if a disk has less than that
    void require(SortedMap<TargetPath, Long> sizes) throws IOException {
        var needed = new HashMap<Object, Long>();
        for (var size : sizes.entrySet()) {
            var disk = Disk.of(existing(size.getKey().under(root)));
            var sum = needed.merge(disk.id(), size.getValue(), Long::sum);
            if (sum > disk.free()) {
                throw new IOException("no room for %s: the disk needs %s and has %s; nothing was changed"
                        .formatted(size.getKey(), megabytes(sum), megabytes(disk.free())));
            }
        }
    }

    private record Disk(Object id, long free) {
        /// Asks the path where that can tell: a file store is found by its mount point, and a chroot may list none.
        static Disk of(Path path) throws IOException {
            if (path.getFileSystem() == FileSystems.getDefault()) {
                return new Disk(
                        Files.getAttribute(path, "unix:dev"), path.toFile().getUsableSpace());
            }
            var store = Files.getFileStore(path);
            return new Disk(store, store.getUsableSpace());
        }
    }

    private Path existing(Path path) {
        var parent = path.getParent();
        return Files.exists(path) || parent == null ? path : existing(parent);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
