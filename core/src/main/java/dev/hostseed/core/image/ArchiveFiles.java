package dev.hostseed.core.image;

import dev.hostseed.core.image.TarEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;

/// The files of an archive, be it a tar, a compressed one, or an image layout's directory.
final class ArchiveFiles {
    private ArchiveFiles() {}

    interface Visitor {
        /// @param content of the entry; what is not read is skipped
        void visit(TarEntry entry, InputStream content) throws IOException;
    }

    /// Shows every file and link of `archive` to `visitor`, in the archive's order.
    ///
    /// @throws BadBundleException if the archive is damaged, or is none of images; names the archive
    static void visit(Path archive, Progress progress, Visitor visitor) throws IOException {
        if (Files.isDirectory(archive)) {
            visitLayout(archive, visitor);
            return;
        }
        var total = Files.size(archive);
        try (var in = new WatchedInputStream(Files.newInputStream(archive), "collecting " + archive, total, progress)) {
            visitTar(archive.toString(), in, visitor);
        }
    }

    /// @param what the tar is, for messages
    static void visitTar(String what, InputStream tar, Visitor visitor) throws IOException {
        try (var plain = Compression.undo(tar)) {
            var reader = new TarReader(plain);
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                if (entry.get().kind() != Kind.DIRECTORY) {
                    visitor.visit(entry.get(), reader.content());
                }
            }
        } catch (BadBundleException bad) {
            throw new BadBundleException(what + ": " + bad.getMessage());
        } catch (IOException failure) {
            if (Compression.isDamage(failure)) {
                throw new BadBundleException(what + ": cut off or damaged: " + failure.getMessage());
            }
            throw failure;
        }
    }

    private static void visitLayout(Path directory, Visitor visitor) throws IOException {
        var names = new ArrayList<String>();
        for (var name : new String[] {"oci-layout", "index.json", "manifest.json"}) {
            if (Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS)) {
                names.add(name);
            }
        }
        var blobs = directory.resolve("blobs").resolve("sha256");
        if (Files.isDirectory(blobs)) {
            try (var files = Files.list(blobs)) {
                files.map(file -> "blobs/sha256/" + file.getFileName()).sorted().forEach(names::add);
            }
        }
        for (var name : names) {
            var file = directory.resolve(name);
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new BadBundleException(file + ": not a regular file");
            }
            try (var content = Files.newInputStream(file)) {
                visitor.visit(new TarEntry(name, Kind.FILE, Files.size(file), ""), content);
            }
        }
    }
}
