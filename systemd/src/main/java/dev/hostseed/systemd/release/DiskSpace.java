package dev.hostseed.systemd.release;

import dev.hostseed.core.host.TargetPath;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SortedMap;

/// Whether there is room for what is going to be written below `root`.
record DiskSpace(Path root) {

    /// @param sizes in bytes, by the directory that is going to have them
    /// @throws IOException if a disk has less than that
    void require(SortedMap<TargetPath, Long> sizes) throws IOException {
        var needed = new LinkedHashMap<FileStore, Long>();
        for (var size : sizes.entrySet()) {
            var store = Files.getFileStore(existing(size.getKey().under(root)));
            var sum = needed.merge(store, size.getValue(), Long::sum);
            if (sum > store.getUsableSpace()) {
                throw new IOException("no room for %s: the disk needs %s and has %s; nothing was changed"
                        .formatted(size.getKey(), megabytes(sum), megabytes(store.getUsableSpace())));
            }
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
