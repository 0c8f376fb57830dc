package dev.hostseed.core.image;

import dev.hostseed.core.data.Plural;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A layer as a bundle has it, against its line in the lock. Sizes are the lock's: nothing is read beyond them.
final class LayerFile {
    private LayerFile() {}

    /// Reads the layer once, and compares digest and size of what is stored and of what is in it.
    static void verify(Blob blob, LockedLayer layer) throws IOException {
        if (layer.isPlain()) {
            verifyStored(blob, layer);
            return;
        }
        var plain = new Sum();
        copy(blob, layer, (bytes, length) -> plain.add(bytes, 0, length));
        expect(blob, "decompressed", layer.plain(), plain.content());
    }

    /// Reads the layer once as it is stored, and compares digest and size. What is in it follows: the lock was
    /// written by who decompressed these very bytes.
    static void verifyStored(Blob blob, LockedLayer layer) throws IOException {
        var stored = new Sum();
        try (var file = blob.open()) {
            new SummedInputStream(new LimitedInputStream(file, layer.stored().size() + 1), stored)
                    .transferTo(OutputStream.nullOutputStream());
        }
        expect(blob, "stored", layer.stored(), stored.content());
    }

    /// Writes the plain layer to `out`: as many bytes as locked.
    ///
    /// @throws BadBundleException if the file is no longer what is locked; some of it has been written then
    static void writePlain(Blob blob, LockedLayer layer, OutputStream out) throws IOException {
        copy(blob, layer, (bytes, length) -> out.write(bytes, 0, length));
    }

    /// Writes the layer to `out` as it is stored: as many bytes as locked.
    ///
    /// @throws BadBundleException if the file is no longer what is locked; some of it has been written then
    static void writeStored(Blob blob, LockedLayer layer, OutputStream out) throws IOException {
        var sum = new Sum();
        try (var file = blob.open()) {
            var stored = new LimitedInputStream(file, layer.stored().size());
            var chunk = new byte[Compression.CHUNK];
            for (var n = stored.read(chunk); n >= 0; n = stored.read(chunk)) {
                out.write(chunk, 0, n);
                sum.add(chunk, 0, n);
            }
        }
        expect(blob, "stored", layer.stored(), sum.content());
    }

    /// What is in `stored`, the layer as it is stored; closing it closes `stored`.
    static InputStream plain(InputStream stored, LockedLayer layer) throws IOException {
        return layer.isPlain() ? stored : Compression.undoZstd(stored);
    }

    private interface Sink {
        void take(byte[] bytes, int length) throws IOException;
    }

    private static void copy(Blob blob, LockedLayer layer, Sink sink) throws IOException {
        var stored = new Sum();
        try (var file = blob.open()) {
            var raw = new SummedInputStream(
                    new LimitedInputStream(file, layer.stored().size() + 1), stored);
            var size = copy(blob, plain(raw, layer), layer.plain().size(), sink);
            raw.transferTo(OutputStream.nullOutputStream());
            if (size != layer.plain().size()) {
                throw wrong(blob, "decompressed", bytes(layer.plain().size()), bytes(size));
            }
        }
        expect(blob, "stored", layer.stored(), stored.content());
    }

    /// @return how many bytes there were, or one more than `limit`; at most `limit` go to `sink`
    private static long copy(Blob blob, InputStream plain, long limit, Sink sink) throws IOException {
        var chunk = new byte[Compression.CHUNK];
        var size = 0L;
        try {
            try (plain) {
                for (var n = plain.read(chunk); n >= 0; n = plain.read(chunk)) {
                    if (n > limit - size) {
                        return limit + 1;
                    }
                    size += n;
                    sink.take(chunk, n);
                }
            }
        } catch (IOException failure) {
            if (Compression.isDamage(failure)) {
                throw new BadBundleException(blob + ": cut off or damaged: " + failure.getMessage());
            }
            throw failure;
        }
        return size;
    }

    /// @param form `stored` or `decompressed`
    static void expect(Blob blob, String form, Content expected, Content found) throws BadBundleException {
        if (expected.size() != found.size()) {
            throw wrong(blob, form, bytes(expected.size()), bytes(found.size()) + " or more");
        }
        if (!expected.digest().equals(found.digest())) {
            throw wrong(blob, form, expected.digest().value(), found.digest().value());
        }
    }

    private static String bytes(long count) {
        return Plural.of(count, "byte");
    }

    private static BadBundleException wrong(Blob blob, String form, String expected, String found) {
        return new BadBundleException(
                "%s (%s): expected %s, found %s; the bundle is damaged: copy it again, or build it again"
                        .formatted(blob, form, expected, found));
    }
}
