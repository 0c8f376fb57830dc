package dev.hostseed.core.image;

import dev.hostseed.core.data.Plural;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.scan.ImageFiles;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// What an Engine has in the place of an image of a bundle.
///
/// @param isThere whether the Engine shows the image at all
/// @param files how many files and symbolic links were compared
/// @param differing how many of them are otherwise than in the bundle, or too much
/// @param first of those: 20 at most
public record StoredImage(ImageReference reference, boolean isThere, int files, int differing, List<Difference> first) {
    private static final int TOLD = 20;

    public StoredImage {
        first = List.copyOf(first);
    }

    /// One file.
    ///
    /// @param path from the root of the image, with a slash before it, without what a terminal obeys
    /// @param layer the digest of the layer's tar, or empty if no layer has the file
    /// @param expected for people: `12 bytes`, `a link to ../lib`, `nothing`; as `path`
    /// @param found likewise
    public record Difference(String path, String layer, String expected, String found) {
        @Override
        public String toString() {
            return "%s: expected %s, found %s%s"
                    .formatted(path, expected, found, layer.isEmpty() ? "" : " (layer " + layer + ")");
        }
    }

    static StoredImage absent(ImageReference reference) {
        return new StoredImage(reference, false, 0, 0, List.of());
    }

    /// @param images of the bundle at `place`
    /// @throws DamagedStoreException if anything of them is otherwise than in the bundle: it says how to repair it
    public static void requireWhole(List<StoredImage> images, Path place) throws DamagedStoreException {
        var damaged = images.stream().filter(image -> image.differing > 0).toList();
        if (!damaged.isEmpty()) {
            var names =
                    damaged.stream().map(image -> image.reference.toString()).toList();
            var files = damaged.stream().mapToInt(StoredImage::differing).sum();
            throw new DamagedStoreException(
                    "%s in the Docker Engine's store, of %s, not as in the bundle; loading it again does not repair that: remove containers of it, then docker rmi %s; hostseed load --bundle %s"
                            .formatted(
                                    Plural.of(files, "file"),
                                    String.join(", ", names),
                                    String.join(" ", names),
                                    place));
        }
    }

    /// Gathers the differences of `image`.
    static final class Found {
        private final LockedImage image;
        private final List<Difference> first = new ArrayList<>();
        private int count;

        Found(LockedImage image) {
            this.image = image;
        }

        void add(ImageFiles.Difference difference) {
            if (count++ < TOLD) {
                var layer = difference.layer() < 0
                        ? ""
                        : image.layers()
                                .get(difference.layer())
                                .plain()
                                .digest()
                                .value();
                first.add(new Difference(
                        BundleFiles.printable("/" + difference.path()),
                        layer,
                        BundleFiles.printable(difference.expected()),
                        BundleFiles.printable(difference.found())));
            }
        }

        StoredImage image(int files) {
            return new StoredImage(image.reference(), true, files, count, first);
        }
    }
}
