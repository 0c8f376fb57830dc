package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;

/// The tar of one step, as the store that it is for loads it best.
final class LoadStream {
    /// The label of an image that stands for the lower layers of another, while that one is loaded.
    static final String PART = "dev.hostseed.part";

    private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(30);

    private LoadStream() {}

    /// For the classic store: a docker-archive with plain layers. Each version takes these, and they cost the Engine
    /// least: it writes the archive down first, and unpacks it then in one thread. The archive's end is held back
    /// until `turn` has come.
    static void writePlain(BundleFiles bundle, LoadStep step, LoadSteps.Turn turn, OutputStream out)
            throws IOException {
        var tar = new TarWriter(out);
        var config = config(bundle, step);
        tar.file("manifest.json", Manifests.archive(step, Sum.of(config)));
        tar.file(Manifests.blob(Sum.of(config)), config);
        var written = new HashSet<Digest>();
        for (var layer : step.sent()) {
            if (written.add(layer.plain().digest())) {
                var blob = bundle.get(Manifests.blob(layer.stored()));
                tar.file(
                        Manifests.blob(layer.plain()),
                        layer.plain().size(),
                        to -> LayerFile.writePlain(blob, layer, to));
            }
        }
        while (!turn.await(SIGN_OF_LIFE)) {
            tar.file("waiting", new byte[0]); // passed over by the Engine
        }
        tar.end();
    }

    /// For the classic store: the lowest layer of a chain, which the Engine unpacks while it comes.
    static void writeRoot(BundleFiles bundle, LoadStep step, OutputStream out) throws IOException {
        var layer = step.sent().getFirst();
        LayerFile.writePlain(bundle.get(Manifests.blob(layer.stored())), layer, out);
    }

    /// For containerd's store: the OCI layout as it is in the bundle, compressed.
    static void writeStored(BundleFiles bundle, LockedImage image, List<LockedLayer> sent, OutputStream out)
            throws IOException {
        var tar = new TarWriter(out);
        tar.file("oci-layout", Manifests.OCI_LAYOUT);
        tar.file("index.json", Manifests.loadIndex(image));
        tar.file(Manifests.blob(image.manifest()), Manifests.stored(image.config(), image.layers()));
        tar.file(Manifests.blob(image.config()), read(bundle, image));
        for (var layer : sent) {
            var blob = bundle.get(Manifests.blob(layer.stored()));
            tar.file(
                    Manifests.blob(layer.stored()),
                    layer.stored().size(),
                    to -> LayerFile.writeStored(blob, layer, to));
        }
        tar.end();
    }

    private static byte[] config(BundleFiles bundle, LoadStep step) throws IOException {
        return step.brings() == LoadStep.Brings.IMAGE ? read(bundle, step.image()) : part(step);
    }

    private static byte[] part(LoadStep step) {
        var layers = step.image().layers().subList(0, step.depth()).stream()
                .map(layer -> layer.plain().digest().value())
                .toList();
        var platform = step.image().platform();
        return Json.compact(Data.mapping()
                .with("architecture", platform.architecture())
                .with("os", platform.os())
                .with("config", Data.mapping().with("Labels", Data.mapping().with(PART, "")))
                .with("rootfs", Data.mapping().with("type", "layers").with("diff_ids", Data.texts(layers))));
    }

    private static byte[] read(BundleFiles bundle, LockedImage image) throws IOException {
        var file = bundle.get(Manifests.blob(image.config()));
        byte[] bytes;
        try (var in = file.open()) {
            bytes = in.readAllBytes();
        }
        LayerFile.expect(file, "config", image.config(), Sum.of(bytes));
        return bytes;
    }
}
