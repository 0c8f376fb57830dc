package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// What is in a bundle, and what its images share; for who looks at it. Names and commands come from outside.
///
/// @param signatures that lie beside the lock; nobody has checked them
/// @param layers each once, in the order of the images
/// @param stored size of the whole bundle's blobs in bytes
public record Inspection(Lock lock, List<String> signatures, List<Image> images, List<Layer> layers, long stored) {
    public Inspection {
        signatures = List.copyOf(signatures);
        images = List.copyOf(images);
        layers = List.copyOf(layers);
    }

    /// @param layers from the lowest; one that an image has twice is there twice
    /// @param sharedWith how many layers, each counted once, it has in common with which other images
    /// @param own bytes, not compressed, that no other image has
    public record Image(LockedImage locked, List<Layer> layers, Map<ImageReference, Integer> sharedWith, long own) {
        public Image {
            layers = List.copyOf(layers);
            sharedWith = Collections.unmodifiableMap(new TreeMap<>(sharedWith));
        }

        /// Not compressed, in bytes.
        public long size() {
            return layers.stream()
                    .mapToLong(layer -> layer.locked().plain().size())
                    .sum();
        }

        /// As they lie in the bundle, in bytes.
        public long stored() {
            return layers.stream()
                    .mapToLong(layer -> layer.locked().stored().size())
                    .sum();
        }
    }

    /// @param number from 1
    /// @param createdBy the command that made it, as the image's history says; empty if it does not
    /// @param in the images that have it
    public record Layer(int number, LockedLayer locked, String createdBy, List<ImageReference> in) {
        public Layer {
            in = List.copyOf(in);
        }

        public boolean isShared() {
            return in.size() > 1;
        }
    }

    /// Reads lock and configs of the bundle at `place`, a directory or an archive; no layer.
    ///
    /// @throws BadBundleException if names, sizes or documents are not as locked
    public static Inspection of(Path place) throws IOException {
        var lock = Bundle.lock(place);
        var files = BundleFiles.at(place);
        BundleVerifier.verifyDocuments(files, lock);
        var signatures = List.of(Bundle.SSH_SIGNATURE, Bundle.COSIGN_SIGNATURE).stream()
                .filter(files.files()::containsKey)
                .toList();
        var layers = layers(lock, files);
        var images = new ArrayList<Image>();
        for (var image : lock.images()) {
            images.add(image(image, layers));
        }
        var stored = files.files().entrySet().stream()
                .filter(file -> file.getKey().startsWith("blobs/"))
                .mapToLong(file -> file.getValue().size())
                .sum();
        return new Inspection(lock, signatures, images, List.copyOf(layers.values()), stored);
    }

    /// What all images have together, each by itself and not compressed, in bytes.
    public long apart() {
        return images.stream().mapToLong(Image::size).sum();
    }

    /// What all layers have, each once and not compressed, in bytes.
    public long together() {
        return layers.stream().mapToLong(layer -> layer.locked().plain().size()).sum();
    }

    private static Map<Digest, Layer> layers(Lock lock, BundleFiles files) throws IOException {
        var layers = new LinkedHashMap<Digest, Layer>();
        for (var image : lock.images()) {
            var commands = commands(image, files);
            for (var i = 0; i < image.layers().size(); i++) {
                var layer = image.layers().get(i);
                var known = layers.get(layer.plain().digest());
                layers.put(
                        layer.plain().digest(),
                        known == null
                                ? new Layer(layers.size() + 1, layer, commands.get(i), List.of(image.reference()))
                                : with(known, image.reference()));
            }
        }
        return layers;
    }

    private static Layer with(Layer layer, ImageReference image) {
        var in = new TreeSet<>(layer.in());
        in.add(image);
        return new Layer(layer.number(), layer.locked(), layer.createdBy(), List.copyOf(in));
    }

    private static List<String> commands(LockedImage image, BundleFiles files) throws IOException {
        var json = files.get(Manifests.blob(image.config())).small(Documents.MAX_SIZE);
        List<String> commands;
        try {
            commands = ImageConfig.commands(json);
        } catch (BadBundleException another) { // no image needs a history
            commands = List.of();
        }
        return commands.size() == image.layers().size()
                ? commands
                : image.layers().stream().map(layer -> "").toList();
    }

    private static Image image(LockedImage image, Map<Digest, Layer> all) {
        var layers = new ArrayList<Layer>();
        for (var layer : image.layers()) {
            var known = all.get(layer.plain().digest());
            if (known != null) {
                layers.add(known);
            }
        }
        var shared = new TreeMap<ImageReference, Integer>();
        var own = 0L;
        for (var layer : new LinkedHashSet<>(layers)) {
            own += layer.isShared() ? 0 : layer.locked().plain().size();
            layer.in().forEach(other -> shared.merge(other, 1, Integer::sum));
        }
        shared.remove(image.reference());
        return new Image(image, layers, shared, own);
    }
}
