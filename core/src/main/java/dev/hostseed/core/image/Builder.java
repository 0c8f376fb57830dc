package dev.hostseed.core.image;

import dev.hostseed.core.host.ImageReference;
import java.io.IOException;
import java.util.SortedSet;

/// Makes images.
@FunctionalInterface
public interface Builder {
    /// Makes those of `wanted` that it knows how to make. The Engine has them then, under their names.
    ///
    /// @return what was made
    /// @throws dev.hostseed.core.engine.EngineUnreachableException if there is something to make, and no Engine
    SortedSet<ImageReference> build(SortedSet<ImageReference> wanted, Progress progress) throws IOException;
}
