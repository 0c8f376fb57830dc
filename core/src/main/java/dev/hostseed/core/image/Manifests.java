package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// The JSON around an image's config and layers. Pure: equal images give equal bytes.
///
/// Rules: OCI image specification 1.1, "Image Layout", "Image Index", "Image Manifest".
final class Manifests {
    static final byte[] OCI_LAYOUT = Json.compact(Data.mapping().with("imageLayoutVersion", "1.0.0"));

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String CONFIG = "application/vnd.oci.image.config.v1+json";
    private static final String LAYER = "application/vnd.oci.image.layer.v1.tar";
    private static final String LOCK = "dev.hostseed.lock.digest";
    private static final String CONTAINERD_NAME = "io.containerd.image.name";
    private static final String REF_NAME = "org.opencontainers.image.ref.name";

    private Manifests() {}

    /// The manifest of an image as it lies in the bundle, and as containerd's store gets it.
    static byte[] stored(Content config, List<LockedLayer> layers) {
        return manifest(config, layers, LockedLayer::stored);
    }

    /// The bundle's index. It names the lock by digest, so that neither can change without the other.
    ///
    /// @param locked the text of `lock`
    static byte[] index(Lock lock, byte[] locked) {
        var entries = new ArrayList<Data>();
        for (var image : lock.images()) {
            var names = Data.mapping()
                    .with(CONTAINERD_NAME, Names.full(image.reference()))
                    .with(REF_NAME, image.reference().toString());
            entries.add(entry(image.manifest(), image.platform(), names));
        }
        var annotations = Data.mapping().with(LOCK, Digest.of(locked).value());
        return Json.compact(index(entries).with("annotations", annotations));
    }

    /// The index of the layout that loads `image` into containerd's store.
    static byte[] loadIndex(LockedImage image) {
        var reference = image.reference();
        var names = Data.mapping().with(CONTAINERD_NAME, Names.full(reference)).with(REF_NAME, tag(reference));
        return Json.compact(index(List.of(entry(image.manifest(), image.platform(), names))));
    }

    /// The `manifest.json` of the archive that is `step`; an image that only holds layers has no name.
    static byte[] archive(LoadStep step, Content config) {
        var image = step.image();
        var names = step.brings() == LoadStep.Brings.IMAGE
                ? List.of(image.reference().tagged())
                : List.<String>of();
        var layers = image.layers().subList(0, step.depth());
        return Json.compact(new Data.Sequence(List.of(saved(config, names, layers, LockedLayer::plain))));
    }

    /// The `manifest.json` of a bundle that is an archive: with it, `docker load` takes the archive as it is.
    static byte[] savedManifest(Lock lock) {
        var images = lock.images().stream()
                .<Data>map(image ->
                        saved(image.config(), List.of(image.reference().tagged()), image.layers(), LockedLayer::stored))
                .toList();
        return Json.compact(new Data.Sequence(images));
    }

    private static Data.Mapping saved(
            Content config, List<String> names, List<LockedLayer> layers, Function<LockedLayer, Content> form) {
        return Data.mapping()
                .with("Config", blob(config))
                .with("RepoTags", Data.texts(names))
                .with(
                        "Layers",
                        Data.texts(
                                layers.stream().map(form).map(Manifests::blob).toList()));
    }

    /// Where an image layout has `content`.
    static String blob(Content content) {
        return "blobs/sha256/" + content.digest().hex();
    }

    private static String tag(ImageReference reference) {
        return reference.tagged().substring(reference.name().length() + 1);
    }

    private static String typeOf(LockedLayer layer, Content form) {
        return form.equals(layer.plain()) ? LAYER : LAYER + "+zstd";
    }

    private static byte[] manifest(Content config, List<LockedLayer> layers, Function<LockedLayer, Content> form) {
        var descriptors = layers.stream()
                .<Data>map(layer -> descriptor(typeOf(layer, form.apply(layer)), form.apply(layer)))
                .toList();
        return Json.compact(Data.mapping()
                .with("schemaVersion", 2)
                .with("mediaType", MANIFEST)
                .with("config", descriptor(CONFIG, config))
                .with("layers", new Data.Sequence(descriptors)));
    }

    private static Data.Mapping index(List<Data> entries) {
        return Data.mapping()
                .with("schemaVersion", 2)
                .with("mediaType", INDEX)
                .with("manifests", new Data.Sequence(entries));
    }

    private static Data.Mapping entry(Content manifest, Platform platform, Data.Mapping annotations) {
        var machine = Data.mapping()
                .with("architecture", platform.architecture())
                .with("os", platform.os())
                .withUnlessEmpty("variant", new Data.Text(platform.variant()));
        return descriptor(MANIFEST, manifest).with("annotations", annotations).with("platform", machine);
    }

    private static Data.Mapping descriptor(String type, Content content) {
        return Data.mapping()
                .with("mediaType", type)
                .with("digest", content.digest().value())
                .with("size", content.size());
    }
}
