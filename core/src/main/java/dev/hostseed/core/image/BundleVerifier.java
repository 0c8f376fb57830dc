package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import dev.hostseed.core.work.Pair;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/// A bundle against its lock. What follows from the lock has to be there byte by byte, and nothing else.
final class BundleVerifier {
    private BundleVerifier() {}

    static void verify(BundleFiles bundle, Lock lock, Progress progress) throws IOException {
        verifyDocuments(bundle, lock);
        verifyLayers(bundle, layers(lock), LayerFile::verify, progress);
    }

    /// How a layer is held against its line in the lock.
    interface Check {
        void verify(Blob blob, LockedLayer layer) throws IOException;
    }

    /// Everything but the layers' content: which files there are, their sizes, and all that is JSON.
    static void verifyDocuments(BundleFiles bundle, Lock lock) throws IOException {
        var documents = new TreeMap<String, byte[]>();
        documents.put("oci-layout", Manifests.OCI_LAYOUT);
        var locked = LockFile.write(lock);
        documents.put("index.json", Manifests.index(lock, locked));
        documents.put(Bundle.LOCK, locked);
        var blobs = new TreeMap<String, Content>();
        for (var image : lock.images()) {
            documents.put(Manifests.blob(image.manifest()), manifest(bundle, image));
            blobs.put(Manifests.blob(image.config()), image.config());
            image.layers().forEach(layer -> blobs.put(Manifests.blob(layer.stored()), layer.stored()));
        }
        verifyNames(bundle, documents, blobs);
        for (var document : documents.entrySet()) {
            if (!Arrays.equals(read(bundle.get(document.getKey()), document.getValue().length), document.getValue())) {
                throw new BadBundleException(bundle.get(document.getKey())
                        + ": not what hostseed.lock says; one of them is damaged, or of another bundle");
            }
        }
        for (var image : lock.images()) {
            verifyConfig(bundle, image);
        }
    }

    /// Each distinct layer of `lock`, by its plain digest.
    static Map<Digest, LockedLayer> layers(Lock lock) {
        var layers = new LinkedHashMap<Digest, LockedLayer>();
        for (var image : lock.images()) {
            image.layers().forEach(layer -> layers.put(layer.plain().digest(), layer));
        }
        return layers;
    }

    /// Reads each of `layers`, two at a time: digests are what it takes.
    static void verifyLayers(BundleFiles bundle, Map<Digest, LockedLayer> layers, Check check, Progress progress)
            throws IOException {
        var total = layers.values().stream()
                .mapToLong(layer -> layer.stored().size())
                .sum();
        var done = new AtomicLong();
        var work = layers.values().stream()
                .sorted((a, b) -> Long.compare(b.plain().size(), a.plain().size()))
                .<Pair.Work>map(layer -> () -> {
                    check.verify(bundle.get(Manifests.blob(layer.stored())), layer);
                    progress.at(
                            "verifying layers", done.addAndGet(layer.stored().size()), total);
                })
                .toList();
        Pair.run(work);
    }

    private static byte[] manifest(BundleFiles bundle, LockedImage image) throws BadBundleException {
        var manifest = Manifests.stored(image.config(), image.layers());
        if (!Sum.of(manifest).equals(image.manifest())
                || !image.loaded().equals(image.manifest().digest())) {
            throw new BadBundleException(bundle.get(Bundle.LOCK) + ": the manifest of " + image.reference()
                    + " does not follow from its config and layers");
        }
        return manifest;
    }

    private static void verifyNames(BundleFiles bundle, Map<String, byte[]> documents, Map<String, Content> blobs)
            throws IOException {
        var more = new TreeSet<>(bundle.files().keySet());
        var expected = new TreeSet<>(documents.keySet());
        expected.addAll(blobs.keySet());
        for (var name : expected) {
            bundle.get(name);
        }
        more.removeAll(expected);
        more.removeAll(Bundle.SIGNATURES); // whoever trusts keys has read them
        if (!more.isEmpty()) {
            throw new BadBundleException(BundleFiles.printable(bundle.get(more.first()))
                    + ": not named by hostseed.lock, and a bundle has nothing else in it");
        }
        for (var blob : blobs.entrySet()) {
            var file = bundle.get(blob.getKey());
            if (file.size() != blob.getValue().size()) {
                throw new BadBundleException(
                        "%s: expected %d bytes by hostseed.lock, found %d; the bundle is damaged: copy it again"
                                .formatted(file, blob.getValue().size(), file.size()));
            }
        }
    }

    private static void verifyConfig(BundleFiles bundle, LockedImage image) throws IOException {
        var file = bundle.get(Manifests.blob(image.config()));
        if (image.config().size() > Documents.MAX_SIZE) {
            throw new BadBundleException(
                    file + ": a config of " + image.config().size() + " bytes");
        }
        var bytes = read(file, (int) image.config().size());
        LayerFile.expect(file, "config", image.config(), Sum.of(bytes));
        var config = ImageConfig.read(bytes);
        var plain = image.layers().stream().map(layer -> layer.plain().digest()).toList();
        if (!config.platform().equals(image.platform()) || !config.diffIds().equals(plain)) {
            throw new BadBundleException(bundle.get(Bundle.LOCK) + ": platform or layers of " + image.reference()
                    + " are not those of its config");
        }
    }

    /// At most one byte more than `size`: a file that is too long is seen, and not read.
    private static byte[] read(Blob file, int size) throws IOException {
        try (var in = file.open()) {
            return in.readNBytes(size + 1);
        }
    }
}
