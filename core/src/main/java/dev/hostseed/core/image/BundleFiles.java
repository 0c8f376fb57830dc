package dev.hostseed.core.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which files a bundle has, and where their bytes lie, whatever form it has.
///
/// @param place what messages call the bundle
/// @param files by name: `index.json`, `blobs/sha256/…`
record BundleFiles(String place, SortedMap<String, Blob> files) {
    BundleFiles {
        files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    }

    /// The bundle at `place`, a directory or an archive.
    ///
    /// @throws BadBundleException if it cannot be one, by the names in it
    static BundleFiles at(Path place) throws IOException {
        return Files.isRegularFile(place) ? BundleArchive.open(place) : in(place);
    }

    /// The bundle that is the directory `directory`.
    ///
    /// @throws BadBundleException if there is anything in it but directories and regular files
    static BundleFiles in(Path directory) throws IOException {
        var files = new TreeMap<String, Blob>();
        try (var all = Files.walk(directory)) {
            for (var file : (Iterable<Path>) all::iterator) {
                if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                    files.put(directory.relativize(file).toString(), Blob.of(file));
                } else if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
                    throw new BadBundleException(file + ": not a regular file, so no part of a bundle");
                }
            }
        }
        return new BundleFiles(directory.toString(), files);
    }

    /// The file `name`.
    ///
    /// @throws BadBundleException if there is none
    Blob get(String name) throws BadBundleException {
        var blob = files.get(name);
        if (blob == null) {
            throw new BadBundleException(place + "/" + name + ": missing");
        }
        return blob;
    }
}
