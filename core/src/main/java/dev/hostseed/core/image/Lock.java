package dev.hostseed.core.image;

import java.util.List;

/// What `hostseed.lock` says: every image of a bundle, by digest.
///
/// @param images by reference, each once
public record Lock(List<LockedImage> images) {
    public Lock {
        images = List.copyOf(images);
    }
}
