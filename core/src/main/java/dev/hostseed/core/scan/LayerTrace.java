package dev.hostseed.core.scan;

import dev.hostseed.core.scan.LayerEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedSet;

/// What one layer does to files of the layers below.
///
/// @param ends of the asked files that it ends, and how
///
/// Rule: OCI image specification 1.1, "Whiteouts" and "Opaque Whiteout": they act on lower layers alone.
record LayerTrace(Map<String, End> ends) {
    /// How a file of a lower layer is no more to be seen.
    enum End {
        /// It, or a directory above it, was removed.
        DELETED,
        /// Something else is in its place.
        OVERWRITTEN
    }

    LayerTrace {
        ends = Map.copyOf(ends);
    }

    /// Reads the headers of `tar`.
    ///
    /// @param asked paths of files in lower layers
    static LayerTrace of(InputStream tar, NavigableSet<String> asked) throws IOException {
        var ends = new HashMap<String, End>();
        var layer = new LayerTar(tar);
        for (var entry = layer.next(); entry.isPresent(); entry = layer.next()) {
            apply(entry.get(), asked, ends);
        }
        return new LayerTrace(ends);
    }

    private static void apply(LayerEntry entry, NavigableSet<String> asked, Map<String, End> ends) {
        if (entry.isOpaque()) {
            below(entry.directory(), asked).forEach(path -> ends.putIfAbsent(path, End.DELETED));
        } else if (entry.isWhiteout()) {
            delete(entry.hidden(), asked, ends);
        } else {
            if (entry.kind() != Kind.DIRECTORY) {
                below(entry.path(), asked).forEach(path -> ends.putIfAbsent(path, End.DELETED));
            }
            if (asked.contains(entry.path())) {
                ends.put(entry.path(), End.OVERWRITTEN);
            }
        }
    }

    private static void delete(String path, NavigableSet<String> asked, Map<String, End> ends) {
        below(path, asked).forEach(below -> ends.putIfAbsent(below, End.DELETED));
        if (asked.contains(path)) {
            ends.putIfAbsent(path, End.DELETED);
        }
    }

    /// @param directory the empty path is the root
    private static SortedSet<String> below(String directory, NavigableSet<String> asked) {
        return directory.isEmpty() ? asked : asked.subSet(directory + "/", directory + "0"); // 0 is next to /
    }
}
