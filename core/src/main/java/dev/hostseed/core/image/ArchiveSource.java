package dev.hostseed.core.image;

import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/// Images out of an archive on disk. It is read twice: for what is in it, then for the layers that are needed.
final class ArchiveSource {
    private ArchiveSource() {}

    /// @return where was looked, for a message
    static String collect(Path archive, SortedSet<ImageReference> wanted, Collection into) throws IOException {
        var documents = documents(archive);
        var chosen = choose(offers(archive, documents), called(archive), wanted, into);
        var needed = new HashSet<String>();
        for (var offer : chosen.values()) {
            for (var i = 0; i < offer.layers().size(); i++) {
                if (!into.has(offer.diffIds().get(i))) {
                    needed.add(offer.layers().get(i));
                }
            }
        }
        var read = needed.isEmpty() ? Map.<String, LockedLayer>of() : read(archive, needed, into);
        for (var image : chosen.entrySet()) {
            into.add(image.getKey(), image.getValue(), read);
        }
        return archive.toString();
    }

    static List<Offer> offers(Path archive, Documents documents) throws BadBundleException {
        try {
            return ArchiveReader.offers(documents);
        } catch (BadBundleException bad) {
            throw new BadBundleException(archive + ": " + bad.getMessage());
        }
    }

    static Documents documents(Path archive) throws IOException {
        var documents = new Documents();
        ArchiveFiles.visit(
                archive, Progress.SILENT, (entry, content) -> documents.keep(entry, Documents.buffered(content)));
        return documents;
    }

    /// The archive's name without what says how it is packed.
    private static String called(Path archive) {
        var name = String.valueOf(archive.getFileName());
        for (var suffix : List.of(".gz", ".zst", ".tar", ".tgz", ".oci")) {
            name = name.endsWith(suffix) ? name.substring(0, name.length() - suffix.length()) : name;
        }
        return name;
    }

    private static Map<ImageReference, Offer> choose(
            List<Offer> offers, String called, SortedSet<ImageReference> wanted, Collection into) {
        var chosen = new TreeMap<ImageReference, Offer>();
        for (var reference : wanted) {
            for (var offer : offers) {
                if (offer.answers(reference, called) && into.accepts(reference, offer)) {
                    chosen.putIfAbsent(reference, offer);
                }
            }
        }
        return chosen;
    }

    private static Map<String, LockedLayer> read(Path archive, Set<String> needed, Collection into) throws IOException {
        var read = new HashMap<String, LockedLayer>();
        ArchiveFiles.visit(archive, into.progress(), (entry, content) -> {
            if (needed.contains(entry.name())) {
                var written = Documents.digestIn(entry.name()).orElse(null);
                read.put(entry.name(), into.staging().add(content, written));
            }
        });
        return read;
    }
}
