package dev.hostseed.core.image;

import java.nio.file.Path;

/// Where a bundle is made, and in which form.
///
/// @param isArchive one tar, instead of a directory
/// @param adds whether the images of the bundle that is there stay in it, but for those that are asked for anew
public record Target(Path place, boolean isArchive, LayerForm layers, boolean adds) {
    /// A directory with compressed layers.
    public static Target directory(Path place) {
        return new Target(place, false, LayerForm.ZSTD, false);
    }

    /// One tar.
    public static Target archive(Path place, LayerForm layers) {
        return new Target(place, true, layers, false);
    }

    /// The same, but the images that are there stay.
    public Target adding() {
        return new Target(place, isArchive, layers, true);
    }
}
