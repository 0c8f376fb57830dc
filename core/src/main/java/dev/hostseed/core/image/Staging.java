package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A bundle in the making, in a hidden directory beside its place; closed before it took its place, nothing is left.
final class Staging implements AutoCloseable {
    private final Path directory;
    private final Map<Digest, LockedLayer> layers = new HashMap<>();

    private Staging(Path directory) {
        this.directory = directory;
    }

    static Staging beside(Path bundle) throws IOException {
        var parent = Objects.requireNonNull(bundle.toAbsolutePath().getParent(), "a bundle has a parent directory");
        Files.createDirectories(parent);
        var mark = Long.toHexString(System.nanoTime()); // not createTempDirectory: others may read a bundle
        var staging = new Staging(Files.createDirectory(parent.resolve("." + bundle.getFileName() + "." + mark)));
        Files.createDirectories(staging.blobs());
        return staging;
    }

    Optional<LockedLayer> find(Digest plain) {
        return Optional.ofNullable(layers.get(plain));
    }

    void write(String name, byte[] bytes) throws IOException {
        Files.write(directory.resolve(name), bytes);
    }

    void writeBlob(byte[] bytes) throws IOException {
        Files.write(blobs().resolve(Digest.of(bytes).hex()), bytes);
    }

    /// Takes in a layer that lies compressed by us at `blob`; the caller has verified it.
    void reuse(LockedLayer layer, Path blob) throws IOException {
        Files.copy(blob, blobs().resolve(layer.stored().digest().hex()), StandardCopyOption.REPLACE_EXISTING);
        layers.put(layer.plain().digest(), layer);
    }

    /// Takes in a layer as an archive has it, compressed or not.
    ///
    /// @param written the digest that these bytes have to have; null if there is none to check
    /// @throws BadBundleException if they have another, or cannot be decompressed
    LockedLayer add(InputStream layer, @Nullable Digest written) throws IOException {
        var raw = new Sum();
        var part = blobs().resolve("part");
        var kept = new SummedInputStream(new Kept(layer), raw);
        LockedLayer locked;
        try (var plain = Compression.undo(kept);
                var out = Files.newOutputStream(part)) {
            locked = compress(plain, out);
        }
        kept.transferTo(OutputStream.nullOutputStream());
        var found = raw.content().digest();
        if (written != null && !written.equals(found)) {
            throw new BadBundleException(written + ": damaged, its digest is " + found);
        }
        Files.move(part, blobs().resolve(locked.stored().digest().hex()), StandardCopyOption.REPLACE_EXISTING);
        layers.put(locked.plain().digest(), locked);
        return locked;
    }

    /// Puts the bundle in its place, instead of the bundle that is there.
    ///
    /// @throws IOException if what is there is not a bundle; it is left alone
    void become(Path bundle) throws IOException {
        if (!Files.exists(bundle)) {
            Files.move(directory, bundle);
            return;
        }
        if (!Files.exists(bundle.resolve(Bundle.LOCK)) && !isEmpty(bundle)) {
            throw new IOException(bundle + " is there and is not a bundle; remove it, or name another directory");
        }
        var former = bundle.resolveSibling(directory.getFileName() + ".old");
        Files.move(bundle, former);
        Files.move(directory, bundle);
        delete(former);
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(directory)) {
            delete(directory);
        }
    }

    private Path blobs() {
        return directory.resolve("blobs").resolve("sha256");
    }

    private static LockedLayer compress(InputStream plain, OutputStream to) throws IOException {
        var plainSum = new Sum();
        var storedSum = new Sum();
        try (var out = Compression.zstd(new SummedOutputStream(to, storedSum))) {
            var chunk = new byte[Compression.CHUNK];
            for (var n = plain.readNBytes(chunk, 0, chunk.length);
                    n > 0;
                    n = plain.readNBytes(chunk, 0, chunk.length)) {
                plainSum.add(chunk, 0, n);
                out.write(chunk, 0, n);
            }
        }
        return new LockedLayer(plainSum.content(), storedSum.content());
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /// Stays open: an entry of an archive that goes on.
    private static final class Kept extends FilterInputStream {
        Kept(InputStream in) {
            super(in);
        }

        @Override
        public void close() {}
    }
}
