package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/// Is told when an Engine is about to be sent images, before it gets the first byte.
@FunctionalInterface
public interface Bringing {
    /// Tells nobody.
    Bringing UNRECORDED = (images, layers) -> {};

    /// The bundle is as locked, and the Engine has none of `images`, under whatever name.
    ///
    /// @param layers that will be sent for them, by plain digest
    /// @throws IOException if they must not be sent now
    void begins(List<LockedImage> images, Set<Digest> layers) throws IOException;
}
