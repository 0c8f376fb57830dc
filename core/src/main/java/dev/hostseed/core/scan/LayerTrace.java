package dev.hostseed.core.scan;

import dev.hostseed.core.scan.LayerEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

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
        var trace = new Tracer(asked);
        var layer = new LayerTar(tar);
        for (var entry = layer.next(); entry.isPresent(); entry = layer.next()) {
            trace.apply(entry.get());
        }
        return new LayerTrace(trace.ends);
    }

    private static final class Tracer {
        final NavigableSet<String> asked;
        final NavigableSet<String> left; // not deleted yet: no layer can have a file deleted again and again
        final Map<String, End> ends = new HashMap<>();

        Tracer(NavigableSet<String> asked) {
            this.asked = asked;
            this.left = new TreeSet<>(asked);
        }

        void apply(LayerEntry entry) {
            if (entry.isOpaque()) {
                deleteBelow(entry.directory());
            } else if (entry.isWhiteout()) {
                deleteBelow(entry.hidden());
                if (left.remove(entry.hidden())) {
                    ends.putIfAbsent(entry.hidden(), End.DELETED);
                }
            } else {
                if (entry.kind() != Kind.DIRECTORY) {
                    deleteBelow(entry.path());
                }
                if (asked.contains(entry.path())) {
                    ends.put(entry.path(), End.OVERWRITTEN);
                }
            }
        }

        /// @param directory the empty path is the root
        private void deleteBelow(String directory) {
            var below = directory.isEmpty() ? left : left.subSet(directory + "/", directory + "0"); // 0 is next to /
            below.forEach(path -> ends.putIfAbsent(path, End.DELETED));
            below.clear();
        }
    }
}
