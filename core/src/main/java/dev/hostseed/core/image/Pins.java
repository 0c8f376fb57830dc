package dev.hostseed.core.image;

import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.ProjectName;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What an earlier lock holds a project's images to.
///
/// What archives, the Engine and builds have is what their owner put there, and is taken as it is now. A registry's
/// tags are moved by others: there an image is asked for by the digest that is pinned, unless it is to be updated.
public final class Pins {
    /// No lock yet.
    public static final Pins NONE = new Pins(0, List.of(), false, image -> true);

    private final long version;
    private final List<LockedImage> images;
    private final boolean locked;
    private final Predicate<ImageReference> updated;

    private Pins(long version, List<LockedImage> images, boolean locked, Predicate<ImageReference> updated) {
        this.version = version;
        this.images = images;
        this.locked = locked;
        this.updated = updated;
    }

    /// The pins of `earlier`; what changed is taken, and counts the lock's version up.
    public static Pins of(Lock earlier) {
        return new Pins(earlier.version(), earlier.images(), false, image -> false);
    }

    /// The same pins, any change being refused.
    public Pins locked() {
        return new Pins(version, images, true, updated);
    }

    /// The same pins, but for the images that are asked for anew.
    public Pins updating(Predicate<ImageReference> which) {
        return new Pins(version, images, locked, which);
    }

    /// Whether any change is refused.
    boolean areLocked() {
        return locked;
    }

    /// What `reference` is pinned to; nothing if it is not, or is to be updated.
    public Optional<LockedImage> of(ImageReference reference) {
        return updated.test(reference) ? Optional.empty() : find(reference);
    }

    /// The digest under which a registry had this very image, which came from elsewhere now; empty if none is known.
    String registryOf(ImageReference reference, LockedImage.Content config) {
        return find(reference)
                .filter(image -> image.config().equals(config))
                .map(LockedImage::registry)
                .orElse("");
    }

    /// The lock for what was found.
    ///
    /// @throws MovedException if these pins are locked, and `found` is something else
    Lock lock(ProjectName project, Scan scan, List<LockedImage> found) throws MovedException {
        var diff = LockDiff.between(images, found);
        if (locked && !diff.isEmpty()) {
            throw new MovedException(diff);
        }
        return new Lock(project, version == 0 || !diff.isEmpty() ? version + 1 : version, scan, found);
    }

    private Optional<LockedImage> find(ImageReference reference) {
        return images.stream()
                .filter(image -> image.reference().equals(reference))
                .findFirst();
    }
}
