package dev.hostseed.core.image;

import dev.hostseed.core.file.Disk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/// The bundle: an OCI image layout with a lock, in a directory.
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

    /// Makes the bundle of `request` at `directory`, where it takes the place of an earlier one, whose layers are used
    /// again. The same images give the same bytes, whoever builds where. Who is killed leaves the old bundle or the
    /// new one (but see [Workspace#become] for file systems that cannot exchange names); what else he leaves is
    /// removed by the next run. Signatures of the earlier bundle stay, if its lock is the same.
    ///
    /// @param sources asked in this order; the first that has an image for the platform gives it
    /// @throws BadBundleException if images are missing (it names each), or an archive that is needed is damaged
    /// @throws MovedException if the images are not those that locked pins want
    /// @throws BundleInUseException if another run makes a bundle at the same place
    /// @throws WrongPlatformException if an image is there for other machines alone
    public static Lock collect(Request request, List<ImageSource> sources, Path directory, Progress progress)
            throws IOException {
        return collect(request, sources, directory, progress, Disk.real());
    }

    static Lock collect(Request request, List<ImageSource> sources, Path directory, Progress progress, Disk disk)
            throws IOException {
        try (var staging = Staging.beside(directory, disk)) {
            var former = FormerBundle.at(directory);
            var lock = new Collection(request, staging, former, progress).collect(sources);
            keepSignatures(directory, lock, staging);
            staging.become(directory);
            return lock;
        }
    }

    /// A lock that did not change stays signed.
    private static void keepSignatures(Path former, Lock lock, Staging staging) throws IOException {
        var file = former.resolve(LOCK);
        if (!Files.isRegularFile(file) || !Arrays.equals(LockFile.bytes(file), LockFile.write(lock))) {
            return;
        }
        for (var name : List.of(SSH_SIGNATURE, COSIGN_SIGNATURE)) {
            var signature = former.resolve(name);
            if (Files.isRegularFile(signature, LinkOption.NOFOLLOW_LINKS)) {
                staging.write(name, Files.readAllBytes(signature));
            }
        }
    }

    /// Reads every byte of the bundle once and compares it with `lock`.
    ///
    /// @throws BadBundleException if anything is missing, different or too much
    public static void verify(Path directory, Lock lock, Progress progress) throws IOException {
        BundleVerifier.verify(BundleFiles.in(directory), lock, progress);
    }
}
