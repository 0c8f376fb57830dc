package dev.hostseed.core.image;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/// What lies in archives, for who looks through a folder of them.
public final class Archives {
    private Archives() {}

    /// The images that `archive` offers, as people write them: `redis:7.4`. Reads the archive once, but no layer.
    ///
    /// @param archive a file, or the directory of an image layout
    /// @throws BadBundleException if it is no image archive
    public static SortedSet<String> list(Path archive) throws IOException {
        var names = new TreeSet<String>();
        for (var offer : ArchiveSource.offers(archive, ArchiveSource.documents(archive))) {
            names.addAll(offer.names());
        }
        return names;
    }
}
