package dev.hostseed.core.image;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A bundle in the making, in a workspace beside its place; closed before it took its place, nothing is left. What is
/// in it is on the medium.
final class Staging implements AutoCloseable {
    private static final FileMode OPEN = new FileMode(0755);

    private final Workspace workspace;
    private final Disk disk;
    private final Path directory;
    private final Map<Digest, LockedLayer> layers = new HashMap<>();

    private Staging(Workspace workspace, Disk disk) {
        this.workspace = workspace;
        this.disk = disk;
        this.directory = workspace.made();
    }

    /// @throws BundleInUseException if another run makes a bundle for the same place
    static Staging beside(Path bundle) throws IOException {
        return beside(bundle, Disk.real());
    }

    /// @throws IOException if something is at `bundle` that is not a bundle, too
    static Staging beside(Path bundle, Disk disk) throws IOException {
        refuseForeign(bundle);
        var staging = new Staging(Workspace.beside(bundle, disk), disk);
        try {
            for (var made : List.of(staging.directory, staging.directory.resolve("blobs"), staging.blobs())) {
                disk.makeDirectory(made, OPEN);
            }
        } catch (IOException failure) {
            staging.close();
            throw failure;
        }
        return staging;
    }

    Optional<LockedLayer> find(Digest plain) {
        return Optional.ofNullable(layers.get(plain));
    }

    void write(String name, byte[] bytes) throws IOException {
        disk.create(directory.resolve(name), out -> out.write(bytes), FileMode.READABLE);
    }

    void writeBlob(byte[] bytes) throws IOException {
        var blob = blobs().resolve(Digest.of(bytes).hex());
        if (Files.notExists(blob)) {
            disk.create(blob, out -> out.write(bytes), FileMode.READABLE);
        }
    }

    /// Takes in a layer that lies compressed by us at `blob`; the caller has verified it.
    void reuse(LockedLayer layer, Path blob) throws IOException {
        disk.share(blobs().resolve(layer.stored().digest().hex()), blob);
        layers.put(layer.plain().digest(), layer);
    }

    /// Takes in a layer as an archive has it, compressed or not.
    ///
    /// @param written the digest that these bytes have to have; null if there is none to check
    /// @throws BadBundleException if they have another, or cannot be decompressed
    LockedLayer add(InputStream layer, @Nullable Digest written) throws IOException {
        var raw = new Sum();
        var plainSum = new Sum();
        var storedSum = new Sum();
        var part = directory.resolveSibling("part");
        disk.delete(part); // of a layer that was refused
        var kept = new SummedInputStream(new Kept(layer), raw);
        disk.create(part, out -> compress(kept, plainSum, new SummedOutputStream(out, storedSum)), FileMode.READABLE);
        kept.transferTo(OutputStream.nullOutputStream());
        var found = raw.content().digest();
        if (written != null && !written.equals(found)) {
            throw new BadBundleException(written + ": damaged, its digest is " + found);
        }
        var locked = new LockedLayer(plainSum.content(), storedSum.content());
        disk.rename(part, blobs().resolve(locked.stored().digest().hex()));
        layers.put(locked.plain().digest(), locked);
        return locked;
    }

    /// Puts the bundle in its place, instead of the bundle that is there; one step, after which it is lasting.
    ///
    /// @throws IOException if what is there is not a bundle; it is left alone
    void become(Path bundle) throws IOException {
        refuseForeign(bundle);
        for (var made : List.of(blobs(), directory.resolve("blobs"), directory)) {
            disk.sync(made);
        }
        workspace.become();
    }

    @Override
    public void close() throws IOException {
        workspace.close();
    }

    private Path blobs() {
        return directory.resolve("blobs").resolve("sha256");
    }

    private static void compress(InputStream layer, Sum plainSum, OutputStream to) throws IOException {
        try (var plain = Compression.undo(layer);
                var out = Compression.zstd(to)) {
            var chunk = new byte[Compression.CHUNK];
            for (var n = plain.readNBytes(chunk, 0, chunk.length);
                    n > 0;
                    n = plain.readNBytes(chunk, 0, chunk.length)) {
                plainSum.add(chunk, 0, n);
                out.write(chunk, 0, n);
            }
        }
    }

    private static void refuseForeign(Path bundle) throws IOException {
        if (Files.exists(bundle) && !Files.exists(bundle.resolve(Bundle.LOCK)) && !isEmpty(bundle)) {
            throw new IOException(bundle + " is there and is not a bundle; remove it, or name another directory");
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
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
