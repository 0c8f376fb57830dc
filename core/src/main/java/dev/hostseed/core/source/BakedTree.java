package dev.hostseed.core.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What lies at a path that is to travel. Symbolic links to directories are not followed: they are files here.
///
/// @param files in the order of their names
/// @param empty directories with nothing in them
record BakedTree(Path start, List<Path> files, List<Path> empty) {
    private static final int MAXIMUM_ENTRIES = 10_000;
    private static final int SHOWN = 3;

    /// @throws IllegalArgumentException if there is too much to count
    static BakedTree below(Path start) throws IOException {
        if (Files.isRegularFile(start)) {
            return new BakedTree(start, List.of(start), List.of());
        }
        var files = new ArrayList<Path>();
        var empty = new HashSet<Path>();
        for (var entry : entries(start)) {
            empty.remove(entry.getParent());
            (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS) ? empty : files).add(entry);
        }
        return new BakedTree(start, files, empty.stream().sorted().toList());
    }

    private static List<Path> entries(Path start) throws IOException {
        try (var below = Files.walk(start)) {
            var entries = below.skip(1).limit(MAXIMUM_ENTRIES + 1L).sorted().toList();
            if (entries.size() > MAXIMUM_ENTRIES) {
                throw new IllegalArgumentException("'" + start + "' holds more than " + MAXIMUM_ENTRIES + " files");
            }
            return entries;
        } catch (UncheckedIOException unreadable) {
            throw new IOException(unreadable.getMessage(), unreadable);
        }
    }

    /// @param name of all of it, for the message
    /// @throws IllegalArgumentException if it is, with the largest of its entries
    void refuseIfLargerThan(long bytes, String name) throws IOException {
        var sizes = new HashMap<String, Long>();
        var total = 0L;
        for (var file : files) {
            var size = Files.size(file);
            total += size;
            sizes.merge(start.relativize(file).getName(0).toString(), size, Long::sum);
        }
        if (total > bytes) {
            throw new IllegalArgumentException("'" + name + "' holds " + mebibytes(total) + ", more than the "
                    + mebibytes(bytes) + " that travel" + largest(sizes));
        }
    }

    private static String largest(Map<String, Long> sizes) {
        return sizes.size() < 2
                ? ""
                : sizes.entrySet().stream()
                        .sorted(Comparator.comparing((Map.Entry<String, Long> e) -> -e.getValue())
                                .thenComparing(Map.Entry::getKey))
                        .limit(SHOWN)
                        .map(e -> e.getKey() + " " + mebibytes(e.getValue()))
                        .collect(Collectors.joining(", ", ": ", sizes.size() > SHOWN ? ", …" : ""));
    }

    private static String mebibytes(long bytes) {
        return "%d.%d MiB".formatted(bytes >> 20, (bytes & 0xfffff) * 10 >> 20);
    }
}
