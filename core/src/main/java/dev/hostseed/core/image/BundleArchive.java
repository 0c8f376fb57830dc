package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.hostseed.core.image.LockedImage.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// A bundle as one tar: the lock, its signatures, and all else in an order that follows from the lock, with a
/// `manifest.json` more, by which `docker load` takes the archive as it is.
///
/// The tar of a lock is one sequence of bytes, but for what is in the blobs. So each header, each padding and the end
/// are held against what we would have written, and where each file lies is known without reading on: no other tar is
/// taken.
final class BundleArchive {
    private static final int BLOCK = 512;
    private static final long MAX_SIGNATURE = 256 << 10; // bytes
    private static final List<String> SIGNATURES = List.of(Bundle.COSIGN_SIGNATURE, Bundle.SSH_SIGNATURE);
    private static final String MANIFEST = "manifest.json";

    private BundleArchive() {}

    /// Writes the bundle that lies in `files`, whose lock is `lock`.
    static void write(BundleFiles files, Lock lock, OutputStream out) throws IOException {
        var tar = new TarWriter(out);
        var names = new ArrayList<>(List.of(Bundle.LOCK));
        names.addAll(present(files));
        names.addAll(rest(lock).keySet());
        for (var name : names) {
            if (name.equals(MANIFEST)) {
                tar.file(name, Manifests.savedManifest(lock));
                continue;
            }
            var blob = files.get(name);
            tar.file(name, blob.size(), to -> copy(blob, to));
        }
        tar.end();
    }

    /// Whether `file` starts as an archive of ours does.
    static boolean is(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var name = in.readNBytes(Bundle.LOCK.length() + 1);
            return Arrays.equals(name, (Bundle.LOCK + "\0").getBytes(US_ASCII));
        }
    }

    /// What is in the archive `file`, which is a bundle by all that is not in its blobs.
    ///
    /// @throws BadBundleException if it is another tar, or none, or not as long as it has to be
    static BundleFiles open(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            return new Reader(file, channel).read();
        } catch (ArithmeticException tooMuch) {
            throw new BadBundleException(file + ": its lock tells of impossible sizes");
        }
    }

    /// The lock of the archive `file` and the signatures behind it, unread: for whoever judges these before anything is
    /// made of them.
    static SortedMap<String, byte[]> front(Path file) throws IOException {
        try (var channel = FileChannel.open(file)) {
            return new Reader(file, channel).readFront();
        }
    }

    private static List<String> present(BundleFiles files) {
        return SIGNATURES.stream().filter(files.files()::containsKey).toList();
    }

    /// The files after the lock and its signatures, in their order, with their sizes.
    private static Map<String, Long> rest(Lock lock) {
        var rest = new LinkedHashMap<String, Long>();
        rest.put("oci-layout", (long) Manifests.OCI_LAYOUT.length);
        rest.put("index.json", (long) Manifests.index(lock, LockFile.write(lock)).length);
        rest.put(MANIFEST, (long) Manifests.savedManifest(lock).length);
        var blobs = new TreeMap<String, Long>();
        for (var image : lock.images()) {
            var contents = new ArrayList<Content>(List.of(image.config(), image.manifest()));
            image.layers().forEach(layer -> contents.add(layer.stored()));
            contents.forEach(content -> blobs.put(Manifests.blob(content), content.size()));
        }
        rest.putAll(blobs);
        return rest;
    }

    private static void copy(Blob blob, OutputStream to) throws IOException {
        long copied;
        try (var in = blob.open()) {
            copied = in.transferTo(to);
        }
        if (copied != blob.size()) {
            throw new IOException(blob + ": changed while it was read");
        }
    }

    /// Goes through an archive from header to header.
    private static final class Reader {
        private final Path file;
        private final FileChannel channel;
        private final SortedMap<String, Blob> found = new TreeMap<>();
        private long at;

        Reader(Path file, FileChannel channel) {
            this.file = file;
            this.channel = channel;
        }

        SortedMap<String, byte[]> readFront() throws IOException {
            refuseOther();
            small(Bundle.LOCK, LockFile.MAX_SIZE);
            readSignatures();
            var front = new TreeMap<String, byte[]>();
            for (var name : found.keySet()) {
                front.put(name, bytes(name));
            }
            return front;
        }

        private void refuseOther() throws IOException {
            if (!is(file)) {
                throw new BadBundleException(file + ": not a hostseed bundle but " + FirstBytes.describe(file) + "; "
                        + "images out of other archives are taken by 'hostseed bundle --images'");
            }
        }

        BundleFiles read() throws IOException {
            refuseOther();
            var lock = lock();
            readSignatures();
            for (var one : rest(lock).entrySet()) {
                skip(one.getKey(), one.getValue());
            }
            expectManifest(lock);
            expect("end", new byte[2 * BLOCK]);
            if (channel.size() != at) {
                throw wrong("there are bytes after its end");
            }
            return new BundleFiles(file.toString(), found);
        }

        private Lock lock() throws IOException {
            var json = small(Bundle.LOCK, LockFile.MAX_SIZE);
            try {
                return LockFile.read(json);
            } catch (BadBundleException bad) {
                throw new BadBundleException(file + ": " + bad.getMessage());
            }
        }

        /// A file whose size nothing before it tells.
        private byte[] small(String name, long limit) throws IOException {
            var size = sizeInHeader(name);
            if (size > limit) {
                throw wrong(name + " of " + size + " bytes");
            }
            skip(name, size);
            return bytes(name);
        }

        private long sizeInHeader(String name) throws IOException {
            var header = bytesAt(at, BLOCK);
            if (header.length < BLOCK) {
                throw wrong("cut off in the header of " + name);
            }
            try {
                return TarHeader.size(header);
            } catch (BadBundleException bad) {
                throw wrong("the header of " + name + " is damaged");
            }
        }

        private void readSignatures() throws IOException {
            for (var name : SIGNATURES) {
                var header = bytesAt(at, BLOCK);
                if (header.length == BLOCK && TarHeader.name(header).equals(name)) {
                    small(name, MAX_SIGNATURE);
                }
            }
        }

        private void expectManifest(Lock lock) throws IOException {
            if (!Arrays.equals(bytes(MANIFEST), Manifests.savedManifest(lock))) {
                throw wrong(MANIFEST + " is not what hostseed.lock says");
            }
            found.remove(MANIFEST);
        }

        /// The header, which has to be ours, and past the content.
        private void skip(String name, long size) throws IOException {
            expect("header of " + name, TarWriter.header(TarWriter.Member.file(name, size)));
            found.put(name, new Blob(file, at, size, file + "/" + name));
            at = Math.addExact(at, size);
            var padding = new byte[(int) (-size & (BLOCK - 1))];
            expect("padding after " + name, padding);
        }

        private void expect(String what, byte[] expected) throws IOException {
            var read = bytesAt(at, expected.length);
            if (!Arrays.equals(read, expected)) {
                throw wrong(
                        read.length < expected.length
                                ? "cut off: the " + what + " is missing, at byte " + at
                                : "damaged, or not written by hostseed: the " + what + " is another, at byte " + at);
            }
            at += expected.length;
        }

        private byte[] bytes(String name) throws IOException {
            var blob = found.get(name);
            if (blob == null) {
                throw wrong(name + " is missing");
            }
            return bytesAt(blob.offset(), (int) blob.size());
        }

        private byte[] bytesAt(long offset, int count) throws IOException {
            InputStream in = Channels.newInputStream(channel.position(offset));
            return in.readNBytes(count);
        }

        private BadBundleException wrong(String what) {
            return new BadBundleException(
                    file + ": " + what + "; the bundle is damaged: copy it again, or build it again");
        }
    }
}
