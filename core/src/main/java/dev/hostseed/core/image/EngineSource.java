package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineUnreachableException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Images out of an Engine, saved through its API as one stream, which is read while it comes: shared layers once.
final class EngineSource {
    private EngineSource() {}

    /// @return where was looked, for a message
    static String collect(Engine engine, SortedSet<ImageReference> wanted, Collection into) throws IOException {
        var where = "the Docker Engine at " + engine.socket();
        SortedMap<ImageReference, String> ids;
        try {
            ids = ids(engine, wanted);
        } catch (EngineUnreachableException unreachable) {
            return where + " (it does not answer: " + unreachable.getMessage() + ")";
        }
        for (var image : Map.copyOf(ids).entrySet()) {
            if (into.addFormer(image.getKey(), image.getValue())) {
                ids.remove(image.getKey());
            }
        }
        if (!ids.isEmpty()) {
            save(engine, where, ids, into);
        }
        return where;
    }

    private static SortedMap<ImageReference, String> ids(Engine engine, SortedSet<ImageReference> wanted)
            throws IOException {
        var ids = new TreeMap<ImageReference, String>();
        for (var reference : wanted) {
            var image = engine.find("/images/" + asked(reference) + "/json");
            if (image.isPresent() && image.get() instanceof Data.Mapping mapping) {
                ids.put(reference, new Fields(reference.toString(), mapping).text("Id"));
            }
        }
        return ids;
    }

    /// With a digest the Engine takes no tag.
    private static String asked(ImageReference reference) {
        return reference.digest().isEmpty() ? reference.tagged() : reference.name() + "@" + reference.digest();
    }

    private static void save(Engine engine, String where, SortedMap<ImageReference, String> ids, Collection into)
            throws IOException {
        var documents = new Documents();
        var names = ids.keySet().stream()
                .map(reference -> "names=" + URLEncoder.encode(asked(reference), UTF_8))
                .collect(Collectors.joining("&"));
        Map<String, LockedLayer> read;
        try (var tar = engine.download("/images/get?" + names)) {
            read = read(where, tar, documents, into);
        }
        var offers = ArchiveReader.offers(documents);
        for (var image : ids.entrySet()) {
            var reference = image.getKey();
            var id = image.getValue();
            var offer = offers.stream()
                    .filter(one -> isIt(one, id) && into.accepts(reference, one))
                    .findFirst();
            if (offer.isPresent()) {
                into.add(reference, offer.get(), withSmall(offer.get(), documents, read, into));
            }
        }
    }

    private static Map<String, LockedLayer> read(String where, InputStream tar, Documents documents, Collection into)
            throws IOException {
        var read = new HashMap<String, LockedLayer>();
        var watched = new WatchedInputStream(tar, "collecting " + where, 0, into.progress());
        ArchiveFiles.visitTar(where, watched, (entry, content) -> {
            var buffered = Documents.buffered(content);
            if (documents.keep(entry, buffered) || !isLayer(entry)) {
                return;
            }
            var written = Documents.digestIn(entry.name()).orElse(null);
            if (written == null || !into.has(written)) {
                read.put(entry.name(), into.staging().add(buffered, written));
            }
        });
        return read;
    }

    /// A layer that looked like JSON was kept as such.
    private static Map<String, LockedLayer> withSmall(
            Offer offer, Documents documents, Map<String, LockedLayer> read, Collection into) throws IOException {
        for (var layer : List.copyOf(offer.layers())) {
            var small = documents.find(layer);
            if (small.isPresent() && !read.containsKey(layer)) {
                read.put(layer, into.staging().add(new ByteArrayInputStream(small.get()), null));
            }
        }
        return read;
    }

    private static boolean isLayer(TarEntry entry) {
        return entry.name().startsWith("blobs/sha256/") || entry.name().endsWith("layer.tar");
    }

    /// The id is the config's digest in the classic store, the manifest's or index's in the containerd store.
    private static boolean isIt(Offer offer, String id) {
        return Digest.of(offer.config()).value().equals(id)
                || offer.digests().stream().anyMatch(digest -> digest.value().equals(id));
    }
}
