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
            var existing = existing(size.getKey().under(root));
            var disk = isOnDisk(existing) ? Files.getAttribute(existing, "unix:dev") : Files.getFileStore(existing);
            var sum = needed.merge(disk, size.getValue(), Long::sum);
            var free = isOnDisk(existing)
                    ? existing.toFile().getUsableSpace()
                    : Files.getFileStore(existing).getUsableSpace();
            if (sum > free) {
                throw new IOException("no room for %s: the disk needs %s and has %s; nothing was changed"
                        .formatted(size.getKey(), megabytes(sum), megabytes(free)));
            }
        }
    }

    /// Then the path is asked: a file store is found by its mount point, and a chroot may list none.
    private static boolean isOnDisk(Path path) {
        return path.getFileSystem() == FileSystems.getDefault();
    }

    private Path existing(Path path) {
        var parent = path.getParent();
        return Files.exists(path) || parent == null ? path : existing(parent);
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
    }
}
