package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The bundle of an earlier build, for the layers in it that need not be compressed again. One that is missing or
/// damaged has none: it is a cache.
final class FormerBundle {
    private final Path directory;
    private final Map<Digest, LockedLayer> layers = new HashMap<>();
    private final Map<String, LockedImage> images = new HashMap<>();

    private FormerBundle(Path directory) {
        this.directory = directory;
    }

    static FormerBundle at(Path directory) throws IOException {
        var former = new FormerBundle(directory);
        try {
            for (var image : LockFile.read(directory.resolve(Bundle.LOCK)).images()) {
                image.layers().forEach(layer -> former.layers.put(layer.plain().digest(), layer));
                former.images.put(image.config().digest().value(), image);
                former.images.put(image.loaded().value(), image);
            }
        } catch (BadBundleException notOne) {
            return former;
        }
        return former;
    }

    /// The image that an Engine knows by `id`, if its config is here and right.
    Optional<Offer> find(String id) throws IOException {
        var image = images.get(id);
        if (image == null || !Files.isRegularFile(directory.resolve(Manifests.blob(image.config())))) {
            return Optional.empty();
        }
        var json = Files.readAllBytes(directory.resolve(Manifests.blob(image.config())));
        if (!Sum.of(json).equals(image.config())) {
            return Optional.empty();
        }
        var diffIds =
                image.layers().stream().map(layer -> layer.plain().digest()).toList();
        var files = diffIds.stream().map(Digest::value).toList();
        return Optional.of(new Offer(Set.of(), Set.of(), json, image.platform(), diffIds, files));
    }

    /// Puts the layer into `staging`, if it is here and every byte of it is right.
    ///
    /// @return whether `staging` has the layer now
    boolean give(Digest plain, Staging staging) throws IOException {
        if (staging.find(plain).isPresent()) {
            return true;
        }
        var layer = layers.get(plain);
        if (layer == null) {
            return false;
        }
        var blob = directory.resolve(Manifests.blob(layer.stored()));
        if (!Files.isRegularFile(blob)) {
            return false;
        }
        try {
            LayerFile.verify(Blob.of(blob), layer);
        } catch (BadBundleException damaged) {
            return false;
        }
        staging.reuse(layer, blob);
        return true;
    }
}
