package dev.hostseed.core.image;

import java.io.IOException;
import java.io.UncheckedIOException;
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
    /// More than a lock of the size that is read can name.
    private static final int MAX_FILES = 100_000;

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
        return in(directory, MAX_FILES);
    }

    static BundleFiles in(Path directory, int limit) throws IOException {
        var files = new TreeMap<String, Blob>();
        var root = directory.toRealPath(); // a link to a bundle is as good as the bundle
        try (var all = Files.walk(root)) {
            for (var found : (Iterable<Path>) all::iterator) {
                var name = root.relativize(found).toString();
                var file = directory.resolve(name);
                if (Files.isRegularFile(found, LinkOption.NOFOLLOW_LINKS)) {
                    files.put(name, Blob.of(file));
                } else if (!Files.isDirectory(found, LinkOption.NOFOLLOW_LINKS)) {
                    throw new BadBundleException(printable(file) + ": not a regular file, so no part of a bundle");
                }
                if (files.size() > limit) {
                    throw new BadBundleException(directory + ": more than " + limit + " files");
                }
            }
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        return new BundleFiles(directory.toString(), files);
    }

    /// The file `name`.
    ///
    /// @throws BadBundleException if there is none
    Blob get(String name) throws BadBundleException {
        var blob = files.get(name);
        if (blob == null) {
            throw new BadBundleException(place + "/" + name + ": missing, though hostseed.lock names it");
        }
        return blob;
    }

    /// `file` without what a terminal obeys.
    static String printable(Object file) {
        return file.toString()
                .codePoints()
                .map(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
