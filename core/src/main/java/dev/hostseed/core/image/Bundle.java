package dev.hostseed.core.image;

import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;

/// The bundle: an OCI image layout with a lock, in a directory.
public final class Bundle {
    /// The lock's name in the bundle's directory.
    public static final String LOCK = "hostseed.lock";

    private Bundle() {}

    /// Makes the bundle of `wanted` at `directory`, where it takes the place of an earlier one, whose layers are used
    /// again. The same images give the same bytes, whoever builds where. What was there stays until the new
    /// one is complete.
    ///
    /// @param sources asked in this order; the first that has an image for `platform` gives it
    /// @throws BadBundleException if images are missing (it names each), or an archive that is needed is damaged
    /// @throws WrongPlatformException if an image is there for other machines alone
    public static Lock collect(
            SortedSet<ImageReference> wanted,
            List<ImageSource> sources,
            Platform platform,
            Path directory,
            Progress progress)
            throws IOException {
        try (var staging = Staging.beside(directory)) {
            var former = FormerBundle.at(directory);
            var lock = new Collection(platform, staging, former, progress).collect(wanted, sources);
            staging.become(directory);
            return lock;
        }
    }

    /// Reads every byte of the bundle once and compares it with `lock`.
    ///
    /// @throws BadBundleException if anything is missing, different or too much
    public static void verify(Path directory, Lock lock, Progress progress) throws IOException {
        BundleVerifier.verify(directory, lock, progress);
    }
}
