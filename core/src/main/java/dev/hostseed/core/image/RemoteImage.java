package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.registry.Repository;
import java.util.List;

/// What asking a registry for an image came to, before any layer was read.
sealed interface RemoteImage {
    /// @param registry the digest of what the registry has under the name: an index or a manifest
    /// @param blobs the layers as the registry has them, in the order of `offer`
    record Found(ImageReference reference, Repository repository, Digest registry, Offer offer, List<Content> blobs)
            implements RemoteImage {
        public Found {
            blobs = List.copyOf(blobs);
        }
    }

    /// @param platforms that it is there for, in words
    record Foreign(ImageReference reference, String platforms) implements RemoteImage {}

    /// @param why it is not there, or is not given to us
    record Missing(ImageReference reference, String why) implements RemoteImage {}
}
