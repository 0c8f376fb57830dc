package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Reads which images an archive holds out of its documents: `manifest.json` of `docker save`, or an OCI layout's
/// `index.json`, whose indexes may nest.
///
/// Rules: Docker Image Specification v1.2, "Combined Image JSON + Filesystem Changeset Format"; OCI image
/// specification 1.1, "Image Layout", "Image Index", "Image Manifest".
final class ArchiveReader {
    private static final int MAX_DEPTH = 3;
    private static final int MAX_MANIFESTS = 1000;

    private final Documents documents;
    private final List<Offer> offers = new ArrayList<>();
    private int manifests;

    private ArchiveReader(Documents documents) {
        this.documents = documents;
    }

    /// Every image in `documents`, those of `docker save` first.
    static List<Offer> offers(Documents documents) throws BadBundleException {
        var reader = new ArchiveReader(documents);
        var saved = documents.find("manifest.json");
        var index = documents.find("index.json");
        if (saved.isEmpty() && index.isEmpty()) {
            throw new BadBundleException("no image archive: it has neither manifest.json nor index.json");
        }
        if (saved.isPresent()) {
            reader.readSaved(Fields.readList("manifest.json", saved.get()));
        }
        if (index.isPresent()) {
            reader.readLayout(index.get(), saved.isPresent());
        }
        return reader.offers;
    }

    private void readSaved(List<Fields> images) throws BadBundleException {
        for (var image : images) {
            var names = new HashSet<String>();
            for (var tag : image.texts("RepoTags")) {
                Names.familiar(tag).ifPresent(names::add);
            }
            offers.add(offer(
                    new Called(names, Set.of()), Set.of(), documents.get(image.text("Config")), image.texts("Layers")));
        }
    }

    private void readLayout(byte[] index, boolean hasSaved) throws BadBundleException {
        var version = Fields.read("oci-layout", documents.get("oci-layout")).text("imageLayoutVersion");
        if (!version.equals("1.0.0")) {
            throw new BadBundleException("image layout of unknown version '" + version + "'");
        }
        readIndex(Fields.read("index.json", index), Called.NOTHING, Set.of(), hasSaved, 0);
    }

    private void readIndex(Fields index, Called names, Set<Digest> above, boolean lenient, int depth)
            throws BadBundleException {
        if (depth > MAX_DEPTH || index.size("schemaVersion") != 2) {
            throw new BadBundleException(index.of() + ": not an image index that is understood");
        }
        for (var descriptor : index.each("manifests")) {
            if (++manifests > MAX_MANIFESTS) {
                throw new BadBundleException("more than " + MAX_MANIFESTS + " manifests");
            }
            if (!MediaTypes.isAttestation(descriptor)) {
                readDescriptor(descriptor, names.with(namesIn(descriptor)), above, lenient, depth);
            }
        }
    }

    private void readDescriptor(Fields descriptor, Called names, Set<Digest> above, boolean lenient, int depth)
            throws BadBundleException {
        var digest = descriptor.digest("digest");
        var type = descriptor.text("mediaType");
        var file = documents.find("blobs/sha256/" + digest.hex());
        if (file.isEmpty()) {
            return; // of another platform, left out by who made the archive; what is wanted will be missed by name
        }
        if (file.get().length != descriptor.size("size")) {
            throw new BadBundleException(
                    digest + ": expected " + descriptor.size("size") + " bytes, found " + file.get().length);
        }
        var fields = Fields.read(digest.value(), file.get());
        var digests = with(above, Set.of(digest));
        if (MediaTypes.isIndex(type)) {
            readIndex(fields, names, digests, lenient, depth + 1);
        } else if (MediaTypes.isManifest(type)) {
            readManifest(fields, names, digests);
        } else if (!lenient) {
            throw new BadBundleException(digest + ": media type '" + type + "' is not an image's");
        }
    }

    private void readManifest(Fields manifest, Called names, Set<Digest> digests) throws BadBundleException {
        var layers = new ArrayList<String>();
        for (var layer : manifest.each("layers")) {
            if (!MediaTypes.isLayer(layer.text("mediaType"))) {
                throw new BadBundleException(
                        manifest.of() + ": a layer of type '" + layer.text("mediaType") + "' cannot be bundled");
            }
            layers.add("blobs/sha256/" + layer.digest("digest").hex());
        }
        var config = documents.find(
                "blobs/sha256/" + manifest.inner("config").digest("digest").hex());
        if (config.isPresent()) { // else of another platform
            offers.add(offer(names, digests, config.get(), layers));
        }
    }

    private Offer offer(Called names, Set<Digest> digests, byte[] json, List<String> layers) throws BadBundleException {
        var config = ImageConfig.read(json);
        if (config.diffIds().size() != layers.size()) {
            throw new BadBundleException("the config of " + names.names() + " has "
                    + config.diffIds().size() + " layers, the archive " + layers.size());
        }
        var resolved = layers.stream().map(documents::resolved).toList();
        return new Offer(names.names(), names.tags(), digests, json, config.platform(), config.diffIds(), resolved);
    }

    /// Docker writes the whole name beside a `ref.name` that is only the tag; others write the whole name there.
    private static Called namesIn(Fields descriptor) throws BadBundleException {
        var annotations = descriptor.innerOrEmpty("annotations");
        var whole = annotations.textOrEmpty("io.containerd.image.name");
        var written = annotations.textOrEmpty("org.opencontainers.image.ref.name");
        var name = Names.familiar(whole.isEmpty() ? written : whole);
        var isTag = whole.isEmpty() && !written.isEmpty() && !written.contains("/") && !written.contains(":");
        return new Called(name.map(Set::of).orElse(Set.of()), isTag ? Set.of(written) : Set.of());
    }

    /// How an image goes in an archive.
    ///
    /// @param tags without a name: skopeo writes only what is behind the last colon of `oci:redis:7.4`
    private record Called(Set<String> names, Set<String> tags) {
        static final Called NOTHING = new Called(Set.of(), Set.of());

        Called with(Called more) {
            return new Called(ArchiveReader.with(names, more.names), ArchiveReader.with(tags, more.tags));
        }
    }

    private static <T> Set<T> with(Set<T> some, Set<T> more) {
        var all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
