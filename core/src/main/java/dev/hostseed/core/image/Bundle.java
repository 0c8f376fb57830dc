package dev.hostseed.core.image;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// The bundle: an OCI image layout with a lock, in a directory or as one archive.
public final class Bundle {
    /// The lock's name in the bundle's directory.
    public static final String LOCK = "hostseed.lock";

    /// What may lie beside the lock: a signature over it, as `ssh-keygen -Y sign` writes it.
    public static final String SSH_SIGNATURE = LOCK + ".sig";

    /// What may lie beside the lock: a signature over it, as `cosign sign-blob` writes it.
    public static final String COSIGN_SIGNATURE = LOCK + ".cosign";

    /// All that may lie in a bundle beside what its lock names.
    static final Set<String> SIGNATURES = Set.of(SSH_SIGNATURE, COSIGN_SIGNATURE);

    private Bundle() {}

    /// Makes the bundle of `request` at `target`, where it takes the place of an earlier one, whose layers are
    /// used again. The same images give the same bytes, whoever builds where. Who is killed leaves the old
    /// bundle or the new one (but see [Workspace#put] for file systems that cannot exchange names); what else he
    /// leaves is removed by the next run. Signatures of the earlier bundle stay, if its lock is the same.
    ///
    /// @param target where a bundle is added to, its other images are taken from itself: the result is what
    /// collecting all of them at once would be
    /// @param sources asked in this order; the first that has an image for the platform gives it
    /// @throws BadBundleException if images are missing (it names each), or an archive that is needed is damaged
    /// @throws MovedException if the images are not those that locked pins want
    /// @throws BundleInUseException if another run makes a bundle at the same place
    /// @throws dev.hostseed.core.scan.SecretsFoundException if there are secrets in the images that nobody allowed
    /// @throws WrongPlatformException if an image is there for other machines alone
    public static Lock collect(Request request, List<ImageSource> sources, Target target, Progress progress)
            throws IOException {
        return collect(request, sources, target, Signer.NONE, progress);
    }

    /// The same, with signatures: a bundle that is to be signed is not there before it is.
    public static Lock collect(
            Request request, List<ImageSource> sources, Target target, Signer signer, Progress progress)
            throws IOException {
        return collect(request, sources, target, signer, progress, Disk.real());
    }

    /// The same in a directory, with compressed layers.
    public static Lock collect(Request request, List<ImageSource> sources, Path directory, Progress progress)
            throws IOException {
        return collect(request, sources, Target.directory(directory), progress);
    }

    static Lock collect(Request request, List<ImageSource> sources, Target target, Progress progress, Disk disk)
            throws IOException {
        return collect(request, sources, target, Signer.NONE, progress, disk);
    }

    private static Lock collect(
            Request request, List<ImageSource> sources, Target target, Signer signer, Progress progress, Disk disk)
            throws IOException {
        try (var staging = Staging.beside(target, disk)) {
            var former = FormerBundle.at(target.place());
            var lock = new Collection(request, staging, former, progress)
                    .collect(target.adds() ? former.others(request.images()) : List.of(), sources);
            var signatures = signatures(target.place(), lock);
            signatures.putAll(signer.sign(LockFile.write(lock)));
            for (var signature : signatures.entrySet()) {
                staging.write(signature.getKey(), signature.getValue());
            }
            staging.become(lock);
            return lock;
        }
    }

    /// Those of the bundle at `former`, if they are over `lock`: one that did not change stays signed.
    private static Map<String, byte[]> signatures(Path former, Lock lock) throws IOException {
        var signatures = new TreeMap<String, byte[]>();
        if (isLocked(former, lock)) {
            for (var name : SIGNATURES) {
                find(former, name).ifPresent(signature -> signatures.put(name, signature));
            }
        }
        return signatures;
    }

    private static boolean isLocked(Path former, Lock lock) throws IOException {
        try {
            return find(former, LOCK)
                    .filter(text -> Arrays.equals(text, LockFile.write(lock)))
                    .isPresent();
        } catch (BadBundleException none) {
            return false;
        }
    }

    /// The lock of the bundle at `place`, a directory or an archive.
    ///
    /// @throws BadBundleException if that is no bundle
    public static Lock lock(Path place) throws IOException {
        return LockFile.read(place.resolve(LOCK), lockBytes(place));
    }

    /// The text of the lock of the bundle at `place`, for whoever has to judge it before it is read.
    ///
    /// @throws BadBundleException if that is no bundle
    public static byte[] lockBytes(Path place) throws IOException {
        return Files.isRegularFile(place)
                ? find(place, LOCK).orElseThrow() // an archive starts with it
                : LockFile.bytes(place.resolve(LOCK));
    }

    /// The bytes of the lock of the bundle at `place`, or of a signature beside it; nothing if there is no such
    /// file.
    ///
    /// @param name [#LOCK], [#SSH_SIGNATURE] or [#COSIGN_SIGNATURE]
    /// @throws BadBundleException if the file is larger than any such file
    public static Optional<byte[]> find(Path place, String name) throws IOException {
        if (Files.isRegularFile(place)) {
            return Optional.ofNullable(BundleArchive.front(place).get(name));
        }
        var file = place.resolve(name);
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        return Optional.of(Blob.of(file).small(LockFile.MAX_SIZE));
    }

    /// Puts a signature into the bundle that is the archive `place`, in place of an earlier one, at once.
    ///
    /// @param name [#SSH_SIGNATURE] or [#COSIGN_SIGNATURE]
    /// @throws BundleInUseException if another run makes a bundle at the same place
    public static void attach(Path place, String name, byte[] signature) throws IOException {
        var disk = Disk.real();
        try (var workspace = Workspace.beside(place, disk)) {
            disk.create(workspace.made(), out -> out.write(signature), FileMode.READABLE);
            var files = new TreeMap<>(BundleArchive.open(place).files());
            files.put(name, Blob.of(workspace.made()));
            var signed = new BundleFiles(place.toString(), files);
            var lock = lock(place);
            disk.create(workspace.archive(), out -> BundleArchive.write(signed, lock, out), FileMode.READABLE);
            workspace.put(workspace.archive());
        }
    }

    /// Reads every byte of the bundle at `place`, a directory or an archive, once and compares it with `lock`.
    ///
    /// @throws BadBundleException if anything is missing, different or too much
    public static void verify(Path place, Lock lock, Progress progress) throws IOException {
        BundleVerifier.verify(BundleFiles.at(place), lock, progress);
    }
}
