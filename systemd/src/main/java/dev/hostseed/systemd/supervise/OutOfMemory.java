package dev.hostseed.systemd.supervise;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether the kernel killed in a slice for want of memory. The Engine knows only of its own limit, and Docker 20.10
/// not even of that; the slice outlives the container's own cgroup and counts for it.
///
/// Rule: the kernel's cgroup-v2.rst, "memory.events", "memory.max". Where these files are absent, there is nothing to
/// say.
record OutOfMemory(Path slice, long killsBefore) {

    /// Begins to look at `slice`.
    static OutOfMemory watch(Path slice) {
        return new OutOfMemory(slice, kills(slice));
    }

    boolean happened() {
        return kills(slice) > killsBefore;
    }

    /// The slice's limit for a message, or nothing.
    String limit() {
        var bytes = read(slice.resolve("memory.max")).strip();
        return bytes.isEmpty() || bytes.equals("max") ? "" : "; the limit of its slice is " + bytes + " bytes";
    }

    private static long kills(Path slice) {
        for (var line : read(slice.resolve("memory.events")).lines().toList()) {
            if (line.startsWith("oom_kill ")) {
                try {
                    return Long.parseLong(line.substring("oom_kill ".length()).strip());
                } catch (NumberFormatException notTheKernels) {
                    return 0;
                }
            }
        }
        return 0;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException absent) {
            return "";
        }
    }
}
