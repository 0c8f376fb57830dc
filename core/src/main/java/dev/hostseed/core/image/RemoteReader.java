package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.registry.Manifest;
import dev.hostseed.core.registry.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Set;

/// Reads which image a registry has for a platform out of its indexes, manifests and configs.
///
/// Rules: OCI image specification 1.1, "Image Index", "Image Manifest".
final class RemoteReader {
    private static final int MAX_DEPTH = 3;

    private final ImageReference reference;
    private final Repository repository;
    private final Platform platform;
    private final FormerBundle former;

    RemoteReader(ImageReference reference, Repository repository, Platform platform, FormerBundle former) {
        this.reference = reference;
        this.repository = repository;
        this.platform = platform;
        this.former = former;
    }

    /// The image that `top` is, or leads to.
    ///
    /// @throws BadBundleException if it is none that can be bundled; names the image
    RemoteImage read(Manifest top) throws IOException {
        try {
            return read(top, top.digest(), 0);
        } catch (BadBundleException bad) {
            throw new BadBundleException(reference + " in " + repository.name() + ": " + bad.getMessage());
        }
    }

    private RemoteImage read(Manifest manifest, Digest top, int depth) throws IOException {
        var fields = Fields.read(manifest.digest().value(), manifest.bytes());
        var type = type(manifest, fields);
        if (MediaTypes.isIndex(type)) {
            return choose(fields, top, depth);
        }
        if (MediaTypes.isManifest(type)) {
            return image(fields, top);
        }
        throw new BadBundleException(manifest.digest() + " is of type '" + type + "', which is not an image's");
    }

    /// What the manifest says that it is; else what the registry says. Whoever reads one as the other is deceived.
    private static String type(Manifest manifest, Fields fields) throws BadBundleException {
        if (fields.size("schemaVersion") == 1) {
            throw new BadBundleException("pushed by Docker before 1.10 (schema 1), which is not read; push it again");
        }
        var both = fields.mapping().entries().containsKey("manifests")
                && fields.mapping().entries().containsKey("layers");
        var inside = fields.textOrEmpty("mediaType");
        var outside = manifest.mediaType();
        var known = MediaTypes.isIndex(outside) || MediaTypes.isManifest(outside);
        if (both || known && !inside.isEmpty() && !inside.equals(outside)) {
            throw new BadBundleException(manifest.digest() + " is said to be both '" + inside + "' and '" + outside
                    + "', or has layers as well as manifests");
        }
        return known || inside.isEmpty() ? outside : inside;
    }

    private RemoteImage choose(Fields index, Digest top, int depth) throws IOException {
        if (depth >= MAX_DEPTH) {
            throw new BadBundleException("indexes within indexes, more than " + MAX_DEPTH + " deep");
        }
        var entries = new ArrayList<Fields>();
        for (var entry : index.each("manifests")) {
            if (!MediaTypes.isAttestation(entry)) {
                entries.add(entry);
            }
        }
        var chosen = PlatformChoice.choose(entries, platform);
        if (chosen.isEmpty()) {
            return new RemoteImage.Foreign(reference, PlatformChoice.said(entries));
        }
        var manifest = repository.manifest(chosen.get().digest("digest"));
        if (manifest.bytes().length != chosen.get().size("size")) {
            throw new BadBundleException("%s: the index says %d bytes, it has %d"
                    .formatted(manifest.digest(), chosen.get().size("size"), manifest.bytes().length));
        }
        return read(manifest, top, depth + 1);
    }

    private RemoteImage image(Fields manifest, Digest top) throws IOException {
        var config = manifest.inner("config");
        if (!MediaTypes.isConfig(config.text("mediaType"))) {
            throw new BadBundleException("not a container image, but '" + config.text("mediaType") + "'");
        }
        var blobs = new ArrayList<Content>();
        for (var layer : manifest.each("layers")) {
            if (!MediaTypes.isLayer(layer.text("mediaType"))) {
                throw new BadBundleException("a layer of type '" + layer.text("mediaType")
                        + "' cannot be bundled: it is encrypted, kept elsewhere, or none");
            }
            blobs.add(content(layer));
        }
        var json = config(content(config));
        var read = ImageConfig.read(json);
        if (read.diffIds().size() != blobs.size()) {
            throw new BadBundleException("its config has %d layers, its manifest %d"
                    .formatted(read.diffIds().size(), blobs.size()));
        }
        var names = blobs.stream().map(blob -> blob.digest().value()).toList();
        var offer = new Offer(Set.of(), Set.of(), json, read.platform(), read.diffIds(), names);
        return offer.runsOn(platform)
                ? new RemoteImage.Found(reference, repository, top, offer, blobs)
                : new RemoteImage.Foreign(reference, offer.platform().toString());
    }

    /// What the bundle before has is not asked for.
    private byte[] config(Content config) throws IOException {
        var known = former.find(config.digest().value());
        if (known.isPresent()) {
            return known.get().config();
        }
        if (config.size() > Repository.MAX_DOCUMENT) {
            throw new BadBundleException("its config has " + config.size() + " bytes: no config is as large");
        }
        try (var blob = repository.blob(config.digest(), config.size())) {
            return blob.readAllBytes();
        }
    }

    private static Content content(Fields descriptor) throws BadBundleException {
        return new Content(descriptor.digest("digest"), descriptor.size("size"));
    }
}
