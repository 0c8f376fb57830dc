package dev.hostseed.systemd.release;

import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.file.Checksums;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// The `hostseed/` directory of a medium whose list of checksums is the expected one, whose files are exactly
/// those listed, and whose release is sound. The runtime and the bundle are only looked at while they are
/// copied.
///
/// @param entries the rest, with the digests they must have, by path below `hostseed/`
/// @param files of the release, by path on the host
record Medium(
        SortedMap<String, Entry> entries,
        Manifest manifest,
        Bytes manifestText,
        SortedMap<TargetPath, FileContent> files,
        String buildId) {
    static final String SUMS = "SHA256SUMS";

    /// Where the bundle lies below `hostseed/`.
    static final String BUNDLE = "bundle";

    private static final String RELEASE = "release/";
    private static final Pattern BLOB = Pattern.compile("bundle/blobs/sha256/([0-9a-f]{64})");
    private static final Pattern BUILD_ID = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}");

    record Entry(Path source, Digest digest) {}

    /// @throws BadBundleException if anything is not as it was when the medium was made, as far as it was read
    static Medium open(Path directory, Digest expected) throws IOException {
        var entries = entries(directory, sums(directory, expected));
        var manifestText = read(entries, RELEASE + Manifest.NAME);
        var manifest = Manifest.read(manifestText.toArray());
        var files = new TreeMap<TargetPath, FileContent>();
        for (var file : manifest.files().entrySet()) {
            var bytes = read(entries, RELEASE + file.getKey().value().substring(1));
            files.put(file.getKey(), new FileContent.Held(bytes, file.getValue().mode()));
        }
        manifest.links().forEach((path, target) -> files.put(path, new FileContent.Link(target)));
        var buildId = read(entries, "runtime/build-id").utf8().strip();
        if (!BUILD_ID.matcher(buildId).matches()) {
            throw new BadBundleException("runtime/build-id is not a build id: '" + buildId + "'");
        }
        entries.keySet().removeIf(path -> path.startsWith(RELEASE));
        return new Medium(entries, manifest, manifestText, files, buildId);
    }

    /// The bytes of the bundle's lock.
    ///
    /// @throws BadBundleException if the medium has none, or it is damaged
    byte[] lock() throws IOException {
        return read(BUNDLE + "/" + Bundle.LOCK).toArray();
    }

    /// The bytes of one of [#entries].
    ///
    /// @throws BadBundleException if the medium has none, or it is damaged
    Bytes read(String path) throws IOException {
        return read(entries, path);
    }

    private static Checksums sums(Path directory, Digest expected) throws IOException {
        byte[] text;
        try {
            text = Files.readAllBytes(directory.resolve(SUMS));
        } catch (NoSuchFileException missing) {
            throw new BadBundleException(directory + " is not a medium of hostseed: it has no " + SUMS);
        }
        var found = Digest.of(text);
        if (!found.equals(expected)) {
            throw new BadBundleException(
                    "%s is not the one that belongs to this host: %s, not %s".formatted(SUMS, found, expected));
        }
        try {
            return Checksums.parse(new String(text, StandardCharsets.UTF_8));
        } catch (MalformedDataException malformed) {
            throw new BadBundleException(SUMS + ": " + malformed.getMessage());
        }
    }

    private static SortedMap<String, Entry> entries(Path directory, Checksums sums) throws IOException {
        var files = FileTree.list(directory);
        files.remove(SUMS);
        var entries = new TreeMap<String, Entry>();
        for (var file : files.entrySet()) {
            var path = file.getKey();
            var blob = BLOB.matcher(path);
            var digest = blob.matches()
                    ? new Digest("sha256:" + blob.group(1))
                    : sums.digests().get(path);
            if (digest == null) {
                throw new BadBundleException("the medium has a file that does not belong to it: " + path);
            }
            if (!Files.isRegularFile(file.getValue(), LinkOption.NOFOLLOW_LINKS)) {
                throw new BadBundleException("the medium has something that is not a file: " + path);
            }
            entries.put(path, new Entry(file.getValue(), digest));
        }
        for (var path : sums.digests().keySet()) {
            if (!entries.containsKey(path)) {
                throw new BadBundleException("the medium lacks a file: " + path);
            }
        }
        return entries;
    }

    private static Bytes read(SortedMap<String, Entry> entries, String path) throws IOException {
        var entry = entries.get(path);
        if (entry == null) {
            throw new BadBundleException("the medium lacks a file: " + path);
        }
        var bytes = Files.readAllBytes(entry.source());
        if (!Digest.of(bytes).equals(entry.digest())) {
            throw new BadBundleException("damaged on the medium: " + path);
        }
        return Bytes.of(bytes);
    }
}
