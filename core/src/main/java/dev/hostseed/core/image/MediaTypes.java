package dev.hostseed.core.image;

import java.util.Set;

/// What indexes, manifests and layers are called, by OCI and by Docker.
///
/// Rules: OCI image specification 1.1, "Media Types"; Distribution, "Image Manifest V 2, Schema 2".
final class MediaTypes {
    private static final Set<String> INDEXES = Set.of(
            "application/vnd.oci.image.index.v1+json", "application/vnd.docker.distribution.manifest.list.v2+json");
    private static final Set<String> MANIFESTS = Set.of(
            "application/vnd.oci.image.manifest.v1+json", "application/vnd.docker.distribution.manifest.v2+json");
    private static final Set<String> CONFIGS =
            Set.of("application/vnd.oci.image.config.v1+json", "application/vnd.docker.container.image.v1+json");
    private static final Set<String> LAYERS = Set.of(
            "application/vnd.oci.image.layer.v1.tar",
            "application/vnd.oci.image.layer.v1.tar+gzip",
            "application/vnd.oci.image.layer.v1.tar+zstd",
            "application/vnd.docker.image.rootfs.diff.tar",
            "application/vnd.docker.image.rootfs.diff.tar.gzip",
            "application/vnd.docker.image.rootfs.diff.tar.zstd");

    private MediaTypes() {}

    static boolean isIndex(String type) {
        return INDEXES.contains(type);
    }

    static boolean isManifest(String type) {
        return MANIFESTS.contains(type);
    }

    static boolean isConfig(String type) {
        return CONFIGS.contains(type);
    }

    /// Whether `type` is a layer that can be had and read: neither one that is kept elsewhere nor an encrypted one.
    static boolean isLayer(String type) {
        return LAYERS.contains(type);
    }

    /// Whether the entry `descriptor` of an index is a statement about an image rather than one.
    static boolean isAttestation(Fields descriptor) throws BadBundleException {
        return descriptor
                        .innerOrEmpty("annotations")
                        .textOrEmpty("vnd.docker.reference.type")
                        .equals("attestation-manifest")
                || descriptor.innerOrEmpty("platform").textOrEmpty("os").equals("unknown");
    }
}
