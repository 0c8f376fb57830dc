package dev.hostseed.core.image;

import dev.hostseed.core.engine.Engine;
import java.nio.file.Path;

/// Where images are taken from.
public sealed interface ImageSource {
    /// What the Engine has.
    record FromEngine(Engine engine) implements ImageSource {}

    /// What `docker save` wrote, an OCI archive, or an OCI image layout; archives may be compressed with gzip or zstd.
    ///
    /// @param archive a file, or the directory of a layout
    record FromArchive(Path archive) implements ImageSource {}

    /// What is made when nobody has it; the Engine has it then.
    record FromBuild(Engine engine, Builder builder) implements ImageSource {}
}
