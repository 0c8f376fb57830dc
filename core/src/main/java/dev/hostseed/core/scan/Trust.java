package dev.hostseed.core.scan;

import dev.hostseed.core.host.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Which layers are not judged, since their base is trusted.
///
/// @param layers by diff id
/// @param strangers digests that are of no image and no layer
record Trust(Set<Digest> layers, Set<Digest> strangers) {
    Trust {
        layers = Set.copyOf(layers);
        strangers = Set.copyOf(strangers);
    }

    /// A digest of a whole image stands for its layers; one of a layer for that and those below it.
    static Trust of(List<ScannedImage> images, Set<Digest> digests) {
        var layers = new HashSet<Digest>();
        var strangers = new HashSet<>(digests);
        for (var image : images) {
            for (var digest : digests) {
                var count = image.ids().contains(digest)
                        ? image.layers().size()
                        : image.layers().lastIndexOf(digest) + 1;
                if (count > 0) {
                    layers.addAll(image.layers().subList(0, count));
                    strangers.remove(digest);
                }
            }
        }
        return new Trust(layers, strangers);
    }

    /// Whether there is nothing in `image` but what is trusted.
    boolean isWhole(ScannedImage image) {
        return layers.containsAll(image.layers());
    }
}
