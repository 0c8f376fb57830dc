package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.Set;

/// One image as a tar that every Engine can load: `manifest.json` for the classic store of 20.10 on, an OCI layout for
/// containerd's, over the same blobs. Layers are decompressed on the way, for 20.10 does not know zstd.
final class LoadStream {
    private LoadStream() {}

    /// @param sent plain digests of the layers that go along; the Engine has the others
    static void write(BundleFiles bundle, LockedImage image, Set<Digest> sent, OutputStream out) throws IOException {
        var tar = new TarWriter(out);
        tar.file("oci-layout", Manifests.OCI_LAYOUT);
        tar.file("index.json", Manifests.loadIndex(image));
        tar.file("manifest.json", Manifests.loadManifest(image));
        var manifest = Manifests.loaded(image.config(), image.layers());
        tar.file(Manifests.blob(Sum.of(manifest)), manifest);
        tar.file(Manifests.blob(image.config()), config(bundle, image));
        var written = new HashSet<Digest>();
        for (var layer : image.layers()) {
            var digest = layer.plain().digest();
            if (sent.contains(digest) && written.add(digest)) {
                var blob = bundle.get(Manifests.blob(layer.stored()));
                tar.file(
                        Manifests.blob(layer.plain()),
                        layer.plain().size(),
                        to -> LayerFile.writePlain(blob, layer, to));
            }
        }
        tar.end();
    }

    private static byte[] config(BundleFiles bundle, LockedImage image) throws IOException {
        var file = bundle.get(Manifests.blob(image.config()));
        byte[] bytes;
        try (var in = file.open()) {
            bytes = in.readAllBytes();
        }
        LayerFile.expect(file, "config", image.config(), Sum.of(bytes));
        return bytes;
    }
}
