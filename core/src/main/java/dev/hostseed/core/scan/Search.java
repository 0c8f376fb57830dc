package dev.hostseed.core.scan;

import dev.hostseed.core.host.Digest;
import java.util.Set;
import java.util.function.Consumer;

/// How images are looked into before they become a bundle.
///
/// @param extent which layers
/// @param allowed what may be there
/// @param trusted layers by diff id, or whole images by any of their digests: these and the layers below them are not
/// judged
/// @param refused what is at least so grave makes that there is no bundle
/// @param told of what was found, before the bundle is refused for it
public record Search(
        Extent extent, AllowFile allowed, Set<Digest> trusted, Severity refused, Consumer<SecretReport> told) {
    /// Which layers are looked into.
    public enum Extent {
        /// All of them.
        ALL,
        /// Those that are not known from the bundle before, where they were looked into by the same rules and
        /// nothing was found in them.
        CHANGED,
        /// None: the lock says so.
        OFF
    }

    /// None.
    public static final Search OFF = new Search(Extent.OFF, AllowFile.NONE, Set.of(), Severity.HIGH, report -> {});

    public Search {
        trusted = Set.copyOf(trusted);
    }
}
