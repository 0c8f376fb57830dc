package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One image, exactly.
///
/// @param reference as the Compose file names it
/// @param registry the digest, of its manifest or of the index above it, under which a registry had the image; empty if
/// it came from elsewhere
/// @param config what the classic store calls the image's id
/// @param manifest of the image in the bundle, as `index.json` names it
/// @param loaded the image's id in containerd's store: the digest of `manifest`, for the layers are loaded as they lie
/// @param layers from the lowest
public record LockedImage(
        ImageReference reference,
        String registry,
        Platform platform,
        Content config,
        Content manifest,
        Digest loaded,
        List<LockedLayer> layers) {
    public LockedImage {
        layers = List.copyOf(layers);
    }

    /// The same image, which a registry had under the digest `registry`.
    LockedImage from(String registry) {
        return new LockedImage(reference, registry, platform, config, manifest, loaded, layers);
    }

    /// In bytes, of its plain layers.
    long size() {
        return layers.stream().mapToLong(layer -> layer.plain().size()).sum();
    }

    /// @param size in bytes
    public record Content(Digest digest, long size) {
        @Override
        public boolean equals(@Nullable Object other) { // as in Digest
            return other instanceof Content content && size == content.size && digest.equals(content.digest);
        }

        @Override
        public int hashCode() {
            return digest.hashCode();
        }
    }

    /// @param plain the layer's tar: its digest is the diff id
    /// @param stored the layer as it lies in the bundle
    public record LockedLayer(Content plain, Content stored) {
        /// Whether it lies there as it is, not compressed.
        public boolean isPlain() {
            return stored.equals(plain);
        }
    }
}
