package dev.hostseed.cli.rehearsal;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// An image with one layer, in which there is nothing.
///
/// Rules: OCI image specification 1.1, "Image Layout".
final class SmallImage {
    private static final String OCI = "application/vnd.oci.image.";

    private final Path blobs;

    private SmallImage(Path layout) {
        this.blobs = layout.resolve("blobs/sha256");
    }

    /// Makes the OCI layout `layout` with an image for this machine.
    static Path write(Path layout, ImageReference reference) throws IOException {
        Files.createDirectories(layout.resolve("blobs/sha256"));
        var image = new SmallImage(layout).manifest();
        var named = image.with("annotations", Data.mapping().with("io.containerd.image.name", reference.tagged()));
        var index = Data.mapping().with("schemaVersion", 2).with("manifests", new Data.Sequence(List.of(named)));
        Files.write(layout.resolve("index.json"), Json.compact(index));
        Files.write(layout.resolve("oci-layout"), Json.compact(Data.mapping().with("imageLayoutVersion", "1.0.0")));
        return layout;
    }

    private Data.Mapping manifest() throws IOException {
        var layer = new byte[10240]; // an empty tar
        var files = Data.mapping()
                .with("type", "layers")
                .with("diff_ids", Data.texts(List.of(Digest.of(layer).value())));
        var config = Data.mapping()
                .with("architecture", Platform.ofThisMachine().architecture())
                .with("os", "linux")
                .with("config", Data.mapping())
                .with("rootfs", files);
        var manifest = Data.mapping()
                .with("schemaVersion", 2)
                .with("mediaType", OCI + "manifest.v1+json")
                .with("config", blob("config.v1+json", Json.compact(config)))
                .with("layers", new Data.Sequence(List.of(blob("layer.v1.tar", layer))));
        return blob("manifest.v1+json", Json.compact(manifest));
    }

    /// Writes a blob.
    ///
    /// @return its descriptor
    private Data.Mapping blob(String type, byte[] content) throws IOException {
        var digest = Digest.of(content);
        Files.write(blobs.resolve(digest.hex()), content);
        return Data.mapping()
                .with("mediaType", OCI + type)
                .with("digest", digest.value())
                .with("size", content.length);
    }
}
