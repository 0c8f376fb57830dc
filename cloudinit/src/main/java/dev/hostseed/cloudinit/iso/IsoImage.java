package dev.hostseed.cloudinit.iso;

import dev.hostseed.core.file.FileContent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SortedMap;
import java.util.regex.Pattern;

/// Writes an ISO 9660 image with a Rock Ridge and a Joliet tree.
public final class IsoImage {
    private static final Pattern VOLUME_ID = Pattern.compile("[A-Z0-9_]{1,16}");
    private static final int SYSTEM_AREA = 16;
    private static final int DESCRIPTORS = 3;

    private IsoImage() {}

    /// Writes `files` as an image to `out`, replacing it at once when the image is whole; on a failure `out` is as
    /// before. Only its owner may read it; in the image all belongs to root, and nothing may be
    /// written.
    ///
    /// @param files by their path in the image, relative and normal
    /// @param volumeId the label: at most 16 upper case letters, digits and underscores
    /// @throws UnfitForIsoException if the image cannot hold a file under its name
    /// @throws IOException if a file to be copied cannot be read or changed its size, or `out` cannot be written
    public static void write(SortedMap<String, FileContent> files, String volumeId, Path out) throws IOException {
        if (!VOLUME_ID.matcher(volumeId).matches()) {
            throw new IllegalArgumentException("not a volume identifier: '" + volumeId + "'");
        }
        var tree = IsoTree.of(files);
        var head = head(tree, volumeId);
        var part = out.resolveSibling(out.getFileName() + ".part");
        try {
            IsoWriter.write(head, tree.files(), part);
            Files.move(part, out, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /// Everything before the bytes of the files.
    private static byte[] head(IsoTree tree, String volumeId) throws UnfitForIsoException {
        var primary = new Hierarchy(tree.root(), new LevelOne());
        var joliet = new Hierarchy(tree.root(), new Joliet());
        var primaryTable = primary.layout(0, 0).pathTable(true).length;
        var jolietTable = joliet.layout(0, 0).pathTable(true).length;
        long tables = SYSTEM_AREA + DESCRIPTORS;
        var jolietTables = tables + 2 * Sectors.holding(primaryTable);
        var directories = jolietTables + 2 * Sectors.holding(jolietTable);
        var jolietDirectories = directories + sectors(primary);
        var data = jolietDirectories + sectors(joliet);

        var main = primary.layout(directories, data);
        var other = joliet.layout(jolietDirectories, data);
        var end = data + tree.sectors();
        return new Sectors()
                .zeros(SYSTEM_AREA * Sectors.SIZE)
                .octets(VolumeDescriptor.PRIMARY.of(volumeId, places(end, primaryTable, tables, main)))
                .octets(VolumeDescriptor.JOLIET.of(volumeId, places(end, jolietTable, jolietTables, other)))
                .octets(VolumeDescriptor.terminator())
                .octets(main.pathTable(true))
                .fill()
                .octets(main.pathTable(false))
                .fill()
                .octets(other.pathTable(true))
                .fill()
                .octets(other.pathTable(false))
                .fill()
                .octets(main.directories())
                .octets(other.directories())
                .toArray();
    }

    private static long sectors(Hierarchy hierarchy) {
        return Sectors.holding(hierarchy.layout(0, 0).directories().length);
    }

    private static VolumeDescriptor.Places places(long end, int tableSize, long tables, Hierarchy.Layout layout) {
        return new VolumeDescriptor.Places(
                end, tableSize, new long[] {tables, tables + Sectors.holding(tableSize)}, layout.root());
    }
}
