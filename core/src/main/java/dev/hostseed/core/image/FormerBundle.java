package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The bundle of an earlier build, for the layers in it that need not be compressed again. One that is missing or
/// damaged has none: it is a cache.
final class FormerBundle {
    private final BundleFiles files;
    private final Map<Digest, LockedLayer> layers = new HashMap<>();
    private final Map<String, LockedImage> images = new HashMap<>();
    private final List<LockedImage> all = new ArrayList<>();
    private Scan scan = Scan.NONE;

    private FormerBundle(BundleFiles files) {
        this.files = files;
    }

    /// @param place a directory or an archive
    static FormerBundle at(Path place) throws IOException {
        try {
            return of(Bundle.lock(place), BundleFiles.at(place));
        } catch (BadBundleException notOne) {
            return new FormerBundle(new BundleFiles(place.toString(), new TreeMap<>()));
        }
    }

    private static FormerBundle of(Lock lock, BundleFiles files) {
        var former = new FormerBundle(files);
        former.all.addAll(lock.images());
        former.scan = lock.scan();
        for (var image : lock.images()) {
            image.layers().forEach(layer -> former.layers.put(layer.plain().digest(), layer));
            former.images.put(image.config().digest().value(), image);
            former.images.put(image.loaded().value(), image);
        }
        return former;
    }

    /// Its images but for `some`.
    List<LockedImage> others(Set<ImageReference> some) {
        return all.stream().filter(image -> !some.contains(image.reference())).toList();
    }

    /// Layers in which the rules of version `rules` found nothing.
    Set<Digest> clean(int rules) {
        if (scan.rules() != rules) {
            return Set.of();
        }
        var clean = new HashSet<>(layers.keySet());
        scan.trusted().forEach(clean::remove);
        scan.found().forEach(clean::remove);
        return clean;
    }

    /// The image that an Engine knows by `id`, if its config is here and right.
    Optional<Offer> find(String id) throws IOException {
        var image = images.get(id);
        var file = image == null ? null : files.files().get(Manifests.blob(image.config()));
        if (image == null || file == null || file.size() > Documents.MAX_SIZE) {
            return Optional.empty();
        }
        var json = file.small(Documents.MAX_SIZE);
        if (!Sum.of(json).equals(image.config())) {
            return Optional.empty();
        }
        var diffIds =
                image.layers().stream().map(layer -> layer.plain().digest()).toList();
        var names = diffIds.stream().map(Digest::value).toList();
        return Optional.of(new Offer(Set.of(), Set.of(), json, image.platform(), diffIds, names));
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
        var blob = files.files().get(Manifests.blob(layer.stored()));
        if (blob == null) {
            return false;
        }
        try {
            LayerFile.verify(blob, layer);
        } catch (BadBundleException damaged) {
            return false;
        }
        staging.reuse(layer, blob);
        return true;
    }
}
