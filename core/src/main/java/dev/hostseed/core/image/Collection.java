package dev.hostseed.core.image;

import dev.hostseed.core.engine.EngineUnreachableException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// One run of [Bundle#collect]: what is still wanted, and what was found so far.
final class Collection {
    private final Request request;
    private final Staging staging;
    private final FormerBundle former;
    private final Progress progress;
    private final SortedMap<ImageReference, LockedImage> found = new TreeMap<>();
    private final Set<ImageReference> offered = new HashSet<>();
    private final Whereabouts whereabouts = new Whereabouts();

    Collection(Request request, Staging staging, FormerBundle former, Progress progress) {
        this.request = request;
        this.staging = staging;
        this.former = former;
        this.progress = progress;
    }

    /// Fills the staging directory.
    ///
    /// @param kept images of the bundle before
    Lock collect(List<LockedImage> kept, List<ImageSource> sources) throws IOException {
        for (var image : kept) {
            keep(image);
        }
        for (var source : sources) {
            var missing = missing(request.images());
            if (!missing.isEmpty()) {
                look(source, missing);
            }
        }
        refuseMissing(request.images());
        return finish(List.copyOf(found.values()));
    }

    private void look(ImageSource source, SortedSet<ImageReference> missing) throws IOException {
        switch (source) {
            case ImageSource.FromArchive from ->
                whereabouts.looked(ArchiveSource.collect(from.archive(), missing, this));
            case ImageSource.FromEngine from -> whereabouts.looked(EngineSource.collect(from.engine(), missing, this));
            case ImageSource.FromBuild from -> build(from, missing);
            case ImageSource.FromRegistry from -> pull(from, missing);
            case ImageSource.FromRegistryAlone from -> refresh(from, missing);
        }
    }

    private Lock finish(List<LockedImage> images) throws IOException {
        var scan = SecretCheck.of(request.search(), staging, former, progress).scan(images);
        var lock = request.pins().lock(request.project(), scan, images);
        for (var image : lock.images()) {
            staging.writeBlob(Manifests.stored(image.config(), image.layers()));
        }
        staging.write("oci-layout", Manifests.OCI_LAYOUT);
        var locked = LockFile.write(lock);
        staging.write("index.json", Manifests.index(lock, locked));
        staging.write(Bundle.LOCK, locked);
        return lock;
    }

    Staging staging() {
        return staging;
    }

    Progress progress() {
        return progress;
    }

    Platform platform() {
        return request.platform();
    }

    FormerBundle former() {
        return former;
    }

    Pins pins() {
        return request.pins();
    }

    /// Whether the layer need not be read: it is there already, or was in the bundle before.
    boolean has(Digest plain) throws IOException {
        return former.give(plain, staging);
    }

    /// Remembers that the image is there, though it was not taken.
    void offer(ImageReference reference) {
        offered.add(reference);
    }

    /// Takes the image that the Engine knows by `id` from the bundle before.
    ///
    /// @return whether all of it was there
    boolean addFormer(ImageReference reference, String id) throws IOException {
        var offer = former.find(id);
        if (offer.isEmpty() || !accepts(reference, offer.get())) {
            return false;
        }
        for (var diffId : offer.get().diffIds()) {
            if (!has(diffId)) {
                return false;
            }
        }
        add(reference, offer.get(), Map.of());
        return true;
    }

    private void keep(LockedImage image) throws IOException {
        if (!addFormer(image.reference(), image.config().digest().value())) {
            var why = whereabouts.areForeign(List.of(image.reference()))
                    ? "it is for " + image.platform() + ", not for " + request.platform()
                    : "it is damaged there";
            throw new BadBundleException(
                    "%s cannot stay in the bundle: %s; make the bundle anew, with all of its images"
                            .formatted(image.reference(), why));
        }
        found.computeIfPresent(image.reference(), (reference, added) -> added.from(image.registry()));
    }

    /// Whether `offer` can run on the platform; if not, that is remembered.
    boolean accepts(ImageReference reference, Offer offer) {
        if (!offer.runsOn(request.platform())) {
            refuse(reference, offer.platform().toString());
            return false;
        }
        return true;
    }

    /// Remembers that the image is there, but for `platforms` alone.
    void refuse(ImageReference reference, String platforms) {
        whereabouts.foreign(reference, platforms);
    }

    /// Takes an image in, whose layers are all staged.
    ///
    /// @param read layers that came out of the archive, by their file in it
    void add(ImageReference reference, Offer offer, Map<String, LockedLayer> read) throws IOException {
        add(reference, request.pins().registryOf(reference, Sum.of(offer.config())), offer, read);
    }

    /// Takes an image in that a registry has under the digest `registry`.
    void add(ImageReference reference, String registry, Offer offer, Map<String, LockedLayer> read) throws IOException {
        var layers = new ArrayList<LockedLayer>();
        for (var i = 0; i < offer.layers().size(); i++) {
            var diffId = offer.diffIds().get(i);
            var came = read.get(offer.layers().get(i));
            if (came != null && !came.plain().digest().equals(diffId)) {
                throw new BadBundleException("%s: layer %d is %s, its config says %s"
                        .formatted(reference, i + 1, came.plain().digest(), diffId));
            }
            layers.add(staging.find(diffId)
                    .orElseThrow(() -> new BadBundleException(reference + ": layer " + diffId + " is missing")));
        }
        staging.writeBlob(offer.config());
        var config = Sum.of(offer.config());
        var manifest = Sum.of(Manifests.stored(config, layers));
        found.put(
                reference,
                new LockedImage(reference, registry, offer.platform(), config, manifest, manifest.digest(), layers));
    }

    /// An Engine that does not answer is no fault yet: another source may have the image.
    private void build(ImageSource.FromBuild from, SortedSet<ImageReference> wanted) throws IOException {
        try {
            var built = from.builder().build(wanted, progress);
            if (!built.isEmpty()) {
                EngineSource.collect(from.engine(), built, this);
            }
        } catch (EngineUnreachableException unreachable) {
            whereabouts.unbuilt(unreachable);
        }
    }

    private void pull(ImageSource.FromRegistry from, SortedSet<ImageReference> missing) throws IOException {
        var unmade = new TreeSet<>(missing);
        unmade.retainAll(from.never());
        refuseMissing(unmade);
        whereabouts.looked(RegistrySource.collect(from.registries(), missing, this));
    }

    private void refresh(ImageSource.FromRegistryAlone from, SortedSet<ImageReference> missing) throws IOException {
        var wanted = new TreeSet<>(missing);
        wanted.retainAll(from.images());
        if (wanted.isEmpty()) {
            return;
        }
        var where = RegistrySource.collect(from.registries(), wanted, this);
        wanted.removeAll(found.keySet());
        if (!whereabouts.areForeign(wanted)) {
            throw new BadBundleException(
                    "%s: its pull_policy asks the registry first, which does not give it: %s; --offline takes what is here"
                            .formatted(wanted.first(), where));
        }
    }

    private SortedSet<ImageReference> missing(SortedSet<ImageReference> wanted) {
        var missing = new TreeSet<>(wanted);
        missing.removeAll(found.keySet());
        return missing;
    }

    private void refuseMissing(SortedSet<ImageReference> wanted) throws IOException {
        var missing = missing(wanted);
        missing.removeAll(offered);
        if (!missing.isEmpty()) {
            throw whereabouts.refusal(missing, request.platform());
        }
    }
}
