package dev.hostseed.core.image;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.registry.Registries;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// Where images are taken from.
public sealed interface ImageSource {
    /// What the Engine has.
    record FromEngine(Engine engine) implements ImageSource {}

    /// What `docker save` wrote, an OCI archive, or an OCI image layout; archives may be compressed with gzip or zstd.
    ///
    /// @param archive a file, or the directory of a layout
    record FromArchive(Path archive) implements ImageSource {}

    /// What registries have, under the digests that the lock pins, or under their tags.
    ///
    /// @param never images that are made here: what a registry has under such a name is somebody else's
    record FromRegistry(Registries registries, SortedSet<ImageReference> never) implements ImageSource {
        public FromRegistry {
            never = Collections.unmodifiableSortedSet(new TreeSet<>(never));
        }
    }

    /// What registries have, for images that the Compose file wants from there and from nowhere else.
    ///
    /// @param images of all that are wanted
    record FromRegistryAlone(Registries registries, SortedSet<ImageReference> images) implements ImageSource {
        public FromRegistryAlone {
            images = Collections.unmodifiableSortedSet(new TreeSet<>(images));
        }
    }

    /// What is made when nobody has it; the Engine has it then.
    record FromBuild(Engine engine, Builder builder) implements ImageSource {}
}
