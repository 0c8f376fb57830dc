package dev.hostseed.core.scan;

import dev.hostseed.core.host.Digest;
import java.util.List;
import java.util.Set;

/// An image to be looked into.
///
/// @param name for messages
/// @param config its JSON
/// @param layers diff ids, from the lowest
/// @param ids digests that name the whole image
public record ScannedImage(String name, byte[] config, List<Digest> layers, Set<Digest> ids) {
    public ScannedImage {
        layers = List.copyOf(layers);
        ids = Set.copyOf(ids);
    }
}
