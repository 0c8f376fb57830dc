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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A bundle in the making, in a workspace beside its place; closed before it took its place, nothing is left. What is
/// in it is on the medium. Several threads may add layers.
final class Staging implements AutoCloseable {
    private static final FileMode OPEN = new FileMode(0755);

    private final Target target;
    private final Workspace workspace;
    private final Disk disk;
    private final Path directory;
    private final Map<Digest, LockedLayer> layers = new ConcurrentHashMap<>();
    private final AtomicInteger parts = new AtomicInteger();

    private Staging(Target target, Workspace workspace, Disk disk) {
        this.target = target;
        this.workspace = workspace;
        this.disk = disk;
        this.directory = workspace.made();
    }

    /// @throws BundleInUseException if another run makes a bundle for the same place
    /// @throws IOException if what is at the place is not a bundle of this form, too; it is left alone
    static Staging beside(Target target, Disk disk) throws IOException {
        refuseForeign(target);
        var staging = new Staging(target, Workspace.beside(target.place(), disk), disk);
        try {
            for (var made : List.of(
                    staging.workspace.parts(),
                    staging.directory,
                    staging.directory.resolve("blobs"),
                    staging.blobs())) {
                disk.makeDirectory(made, OPEN);
            }
        } catch (IOException failure) {
            try (staging) {
                throw failure; // also where nothing can be removed either
            }
        }
        return staging;
    }

    Optional<LockedLayer> find(Digest plain) {
        return Optional.ofNullable(layers.get(plain));
    }

    /// Where a blob of this bundle lies.
    Path blob(Digest digest) {
        return blobs().resolve(digest.hex());
    }

    void write(String name, byte[] bytes) throws IOException {
        disk.create(directory.resolve(name), out -> out.write(bytes), FileMode.READABLE);
    }

    void writeBlob(byte[] bytes) throws IOException {
        putBlob(Digest.of(bytes), part -> disk.create(part, out -> out.write(bytes), FileMode.READABLE));
    }

    /// Takes in a layer that an earlier bundle has at `blob`; the caller has verified it.
    void reuse(LockedLayer layer, Blob blob) throws IOException {
        if (layer.isPlain() != (target.layers() == LayerForm.PLAIN)) {
            try (var other = blob.open()) {
                add(other, layer.stored().digest());
            }
            return;
        }
        putBlob(layer.stored().digest(), part -> {
            if (blob.offset() == 0 && blob.size() == Files.size(blob.file())) {
                disk.share(part, blob.file());
            } else {
                disk.create(part, out -> LayerFile.writeStored(blob, layer, out), FileMode.READABLE);
            }
        });
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
        var part = part();
        var kept = new SummedInputStream(new Kept(layer), raw);
        disk.create(part, out -> store(kept, plainSum, new SummedOutputStream(out, storedSum)), FileMode.READABLE);
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
    /// @param lock that was written
    /// @throws IOException if what is there by now is not a bundle; it is left alone
    void become(Lock lock) throws IOException {
        refuseForeign(target);
        if (target.isArchive()) {
            var files = BundleFiles.in(directory);
            disk.create(workspace.archive(), out -> BundleArchive.write(files, lock, out), FileMode.READABLE);
            workspace.put(workspace.archive());
            return;
        }
        for (var made : List.of(workspace.parts(), blobs(), directory.resolve("blobs"), directory)) {
            disk.sync(made);
        }
        workspace.put(directory);
    }

    @Override
    public void close() throws IOException {
        workspace.close();
    }

    private interface Making {
        void make(Path part) throws IOException;
    }

    /// A blob is there when it is complete, whoever makes it at the same time.
    private void putBlob(Digest digest, Making making) throws IOException {
        var part = part();
        making.make(part);
        disk.rename(part, blobs().resolve(digest.hex()));
    }

    private Path part() {
        return workspace.parts().resolve(String.valueOf(parts.incrementAndGet()));
    }

    private Path blobs() {
        return directory.resolve("blobs").resolve("sha256");
    }

    private void store(InputStream layer, Sum plainSum, OutputStream to) throws IOException {
        try (var plain = Compression.undo(layer);
                var out = target.layers() == LayerForm.PLAIN ? to : Compression.zstd(to)) {
            var chunk = new byte[Compression.CHUNK];
            for (var n = plain.readNBytes(chunk, 0, chunk.length);
                    n > 0;
                    n = plain.readNBytes(chunk, 0, chunk.length)) {
                plainSum.add(chunk, 0, n);
                out.write(chunk, 0, n);
            }
        }
    }

    private static void refuseForeign(Target target) throws IOException {
        var place = target.place();
        if (Files.notExists(place)) {
            return;
        }
        var isOne = target.isArchive() ? isArchive(place) : isDirectory(place);
        if (!isOne) {
            throw new IOException("%s is there and is not a bundle %s; remove it, or name another place"
                    .formatted(place, target.isArchive() ? "as an archive" : "as a directory"));
        }
    }

    private static boolean isArchive(Path place) throws IOException {
        return Files.isRegularFile(place) && (Files.size(place) == 0 || BundleArchive.is(place));
    }

    private static boolean isDirectory(Path place) throws IOException {
        return Files.isDirectory(place) && (Files.exists(place.resolve(Bundle.LOCK)) || isEmpty(place));
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
