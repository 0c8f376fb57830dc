package dev.hostseed.core.image;

import java.io.IOException;
import java.util.List;

/// Is told when an Engine is about to be sent images, before it gets the first byte.
@FunctionalInterface
public interface Bringing {
    /// Tells nobody.
    Bringing UNRECORDED = images -> {};

    /// The bundle is as locked, and the Engine has none of `images`, under whatever name.
    ///
    /// @throws IOException if they must not be sent now
    void begins(List<LockedImage> images) throws IOException;
}
