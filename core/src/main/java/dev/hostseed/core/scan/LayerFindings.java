package dev.hostseed.core.scan;

import dev.hostseed.core.host.Digest;
import java.util.List;
import java.util.Map;

/// What is in one layer, whichever images have it.
///
/// @param sightings in the order of the tar
/// @param links further names of files with secrets, by the first
/// @param bytes of the tar
record LayerFindings(Digest layer, List<Sighting> sightings, Map<String, List<String>> links, long bytes) {
    LayerFindings {
        sightings = List.copyOf(sightings);
        links = Map.copyOf(links);
    }
}
