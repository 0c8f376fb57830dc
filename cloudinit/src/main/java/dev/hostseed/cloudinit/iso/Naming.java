package dev.hostseed.cloudinit.iso;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// What the two trees of the image differ in.
interface Naming {
    /// The identifier of each node of `directory`, no two alike.
    ///
    /// @throws UnfitForIsoException if a name cannot be kept, or two become one
    Map<IsoNode, Identifier> identifiers(IsoNode.Directory directory) throws UnfitForIsoException;

    /// The system use entries of a directory record.
    List<byte[]> systemUse(IsoNode node);

    /// The system use entries of the record that stands for the directory itself.
    List<byte[]> systemUseOfSelf(IsoNode.Directory directory, boolean root);

    /// A name as it stands in a directory record.
    ///
    /// @param key what it is sorted by
    record Identifier(String key, byte[] bytes) implements Comparable<Identifier> {
        private static final Comparator<Identifier> ORDER = Comparator.comparing(Identifier::key);

        @Override
        public int compareTo(Identifier other) {
            return ORDER.compare(this, other);
        }
    }
}
