package dev.hostseed.core.image;

import static java.util.Comparator.comparingLong;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;

/// A bundle against its lock. What follows from the lock has to be there byte by byte, and nothing else.
final class BundleVerifier {
    private BundleVerifier() {}

    static void verify(Path bundle, Lock lock, Progress progress) throws IOException {
        verifyDocuments(bundle, lock);
        verifyLayers(bundle, layers(lock), LayerFile::verify, progress);
    }

    /// How a layer is held against its line in the lock.
    interface Check {
        void verify(Path blob, LockedLayer layer) throws IOException;
    }

    /// Everything but the layers' content: which files there are, their sizes, and all that is JSON.
    static void verifyDocuments(Path bundle, Lock lock) throws IOException {
        var documents = new TreeMap<String, byte[]>();
        documents.put("oci-layout", Manifests.OCI_LAYOUT);
        documents.put("index.json", Manifests.index(lock));
        documents.put(Bundle.LOCK, LockFile.write(lock));
        var blobs = new TreeMap<String, Content>();
        for (var image : lock.images()) {
            documents.put(Manifests.blob(image.manifest()), manifest(image));
            blobs.put(Manifests.blob(image.config()), image.config());
            image.layers().forEach(layer -> blobs.put(Manifests.blob(layer.stored()), layer.stored()));
        }
        verifyNames(bundle, documents, blobs);
        for (var document : documents.entrySet()) {
            if (!Arrays.equals(
                    read(bundle.resolve(document.getKey()), document.getValue().length), document.getValue())) {
                throw new BadBundleException(bundle.resolve(document.getKey())
                        + ": not what the lock says; the bundle is damaged or another");
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
    static void verifyLayers(Path bundle, Map<Digest, LockedLayer> layers, Check check, Progress progress)
            throws IOException {
        var total = layers.values().stream()
                .mapToLong(layer -> layer.stored().size())
                .sum();
        var done = new AtomicLong();
        var work = layers.values().stream()
                .sorted(comparingLong((LockedLayer layer) -> layer.plain().size())
                        .reversed())
                .<Pair.Work>map(layer -> () -> {
                    check.verify(bundle.resolve(Manifests.blob(layer.stored())), layer);
                    progress.at(
                            "verifying layers", done.addAndGet(layer.stored().size()), total);
                })
                .toList();
        Pair.run(work);
    }

    private static byte[] manifest(LockedImage image) throws BadBundleException {
        var manifest = Manifests.stored(image.config(), image.layers());
        if (!Sum.of(manifest).equals(image.manifest())
                || !Digest.of(Manifests.loaded(image.config(), image.layers())).equals(image.loaded())) {
            throw new BadBundleException(
                    "lock: the manifest of " + image.reference() + " does not follow from its config and layers");
        }
        return manifest;
    }

    private static void verifyNames(Path bundle, Map<String, byte[]> documents, Map<String, Content> blobs)
            throws IOException {
        var expected = new TreeSet<>(documents.keySet());
        expected.addAll(blobs.keySet());
        var found = new TreeSet<String>();
        try (var files = Files.walk(bundle)) {
            for (var file : (Iterable<Path>) files::iterator) {
                if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    found.add(bundle.relativize(file).toString());
                }
            }
        }
        for (var name : expected) {
            if (!found.remove(name) || !Files.isRegularFile(bundle.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                throw new BadBundleException(bundle.resolve(name) + ": missing");
            }
        }
        for (var signature : List.of(Bundle.SSH_SIGNATURE, Bundle.COSIGN_SIGNATURE)) {
            if (Files.isRegularFile(bundle.resolve(signature), LinkOption.NOFOLLOW_LINKS)) {
                found.remove(signature); // whoever trusts keys has read it
            }
        }
        if (!found.isEmpty()) {
            throw new BadBundleException(bundle.resolve(found.first()) + ": not named by the lock");
        }
        for (var blob : blobs.entrySet()) {
            var size = Files.size(bundle.resolve(blob.getKey()));
            if (size != blob.getValue().size()) {
                throw new BadBundleException("%s: expected %d bytes, found %d; the bundle is damaged: copy it again"
                        .formatted(
                                bundle.resolve(blob.getKey()), blob.getValue().size(), size));
            }
        }
    }

    private static void verifyConfig(Path bundle, LockedImage image) throws IOException {
        var file = bundle.resolve(Manifests.blob(image.config()));
        if (image.config().size() > Documents.MAX_SIZE) {
            throw new BadBundleException(
                    file + ": a config of " + image.config().size() + " bytes");
        }
        var bytes = read(file, (int) image.config().size());
        LayerFile.expect(file, "config", image.config(), Sum.of(bytes));
        var config = ImageConfig.read(bytes);
        var plain = image.layers().stream().map(layer -> layer.plain().digest()).toList();
        if (!config.platform().equals(image.platform()) || !config.diffIds().equals(plain)) {
            throw new BadBundleException(
                    "lock: platform or layers of " + image.reference() + " are not those of its config");
        }
    }

    /// At most one byte more than `size`: a file that grows is seen, and not read.
    private static byte[] read(Path file, int size) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(size + 1);
        }
    }
}
