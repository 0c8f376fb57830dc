package dev.hostseed.cloudinit.iso;

import dev.hostseed.core.file.FileContent;
import java.util.List;

/// What stands in a directory of the image, under the name it was given.
sealed interface IsoNode {
    String name();

    /// @param mode without write permission and special bits
    /// @param size in bytes
    /// @param sector where its bytes begin, counted from the first sector of file data; 0 if it has none
    record File(String name, FileContent content, int mode, long size, long sector) implements IsoNode {}

    record Link(String name, String target) implements IsoNode {}

    /// @param nodes by name
    record Directory(String name, List<IsoNode> nodes) implements IsoNode {
        public Directory {
            nodes = List.copyOf(nodes);
        }

        long directories() {
            return nodes.stream().filter(Directory.class::isInstance).count();
        }
    }
}
