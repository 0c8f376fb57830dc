package dev.hostseed.core.image;

import java.nio.file.Path;

/// Where a bundle is made, and in which form.
///
/// @param isArchive one tar, instead of a directory
public record Target(Path place, boolean isArchive, LayerForm layers) {
    /// A directory with compressed layers.
    public static Target directory(Path place) {
        return new Target(place, false, LayerForm.ZSTD);
    }
}
