package dev.hostseed.cloudinit.iso;

import dev.hostseed.cloudinit.iso.Naming.Identifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// One of the two trees: its directories in the order of the path table, each with its identifier and its parent.
final class Hierarchy {
    /// The path table counts parents in 16 bits.
    private static final int MOST_DIRECTORIES = 0xFFFF;

    private static final byte[] SELF = {0};
    private static final byte[] PARENT = {1};

    private final Naming naming;
    private final List<Folder> folders = new ArrayList<>();
    private final Map<IsoNode.Directory, Integer> numbers = new IdentityHashMap<>();

    /// @param parent its place in the path table, from 0
    private record Folder(IsoNode.Directory directory, byte[] identifier, int parent, List<Entry> entries) {}

    private record Entry(IsoNode node, Identifier identifier) {}

    Hierarchy(IsoNode.Directory root, Naming naming) throws UnfitForIsoException {
        this.naming = naming;
        add(root, SELF, 0);
        for (int i = 0; i < folders.size(); i++) { // grows: level by level, as the path table is sorted
            for (var entry : folders.get(i).entries) {
                if (entry.node instanceof IsoNode.Directory directory) {
                    add(directory, entry.identifier.bytes(), i);
                }
            }
        }
    }

    private void add(IsoNode.Directory directory, byte[] identifier, int parent) throws UnfitForIsoException {
        if (folders.size() == MOST_DIRECTORIES) {
            throw new UnfitForIsoException("there are more than %d directories".formatted(MOST_DIRECTORIES));
        }
        var identifiers = naming.identifiers(directory);
        var entries = directory.nodes().stream()
                .map(node -> new Entry(node, Objects.requireNonNull(identifiers.get(node))))
                .sorted(Comparator.comparing(Entry::identifier))
                .toList();
        numbers.put(directory, folders.size());
        folders.add(new Folder(directory, identifier, parent, entries));
    }

    /// Where the directories and the file data come to lie. Sizes do not depend on it: a layout at sector 0 tells them.
    ///
    /// @param directories the root's sector
    /// @param data the first sector of file data
    Layout layout(long directories, long data) {
        var sizes = new ArrayList<Integer>();
        var measure = new Layout(List.of(), List.of(), data, new SystemUse(0));
        folders.forEach(folder -> sizes.add(measure.records(folder).length));
        var starts = new ArrayList<Long>();
        long next = directories;
        for (int size : sizes) {
            starts.add(next);
            next += Sectors.holding(size);
        }
        return new Layout(starts, sizes, data, new SystemUse(next));
    }

    /// The tree's bytes, once it is known what lies where.
    final class Layout {
        private final List<Long> starts;
        private final List<Integer> sizes;
        private final long data;
        private final SystemUse continued;

        private Layout(List<Long> starts, List<Integer> sizes, long data, SystemUse continued) {
            this.starts = starts;
            this.sizes = sizes;
            this.data = data;
            this.continued = continued;
        }

        /// All directories, and what is continued of their records.
        byte[] directories() {
            var all = new Sectors();
            folders.forEach(folder -> all.octets(records(folder)));
            return all.octets(continued.toArray()).toArray();
        }

        /// The root's record as a volume descriptor holds it.
        byte[] root() {
            return DirectoryRecord.of(SELF, start(0), size(0), DirectoryRecord.DIRECTORY, new byte[0]);
        }

        /// Rule: ECMA-119, 9.4.
        byte[] pathTable(boolean littleEndian) {
            var table = new Sectors();
            for (int i = 0; i < folders.size(); i++) {
                var folder = folders.get(i);
                table.octet(folder.identifier.length).octet(0);
                if (littleEndian) {
                    table.little32(start(i)).little16(folder.parent + 1);
                } else {
                    table.big32(start(i)).big16(folder.parent + 1);
                }
                table.octets(folder.identifier).zeros(folder.identifier.length % 2);
            }
            return table.toArray();
        }

        private byte[] records(Folder folder) {
            var records = new Sectors();
            var number = number(folder.directory);
            var parent = folders.get(folder.parent);
            add(records, directory(SELF, number, naming.systemUseOfSelf(folder.directory, number == 0)));
            add(records, directory(PARENT, folder.parent, naming.systemUseOfSelf(parent.directory, false)));
            for (var entry : folder.entries) {
                add(records, entry);
            }
            return records.fill().toArray();
        }

        private void add(Sectors records, Entry entry) {
            var identifier = entry.identifier.bytes();
            var systemUse = naming.systemUse(entry.node);
            switch (entry.node) {
                case IsoNode.Directory directory -> add(records, directory(identifier, number(directory), systemUse));
                case IsoNode.Link link -> add(records, record(identifier, 0, 0, 0, systemUse));
                case IsoNode.File file -> addExtents(records, identifier, file, systemUse);
            }
        }

        /// A file of 4 GiB and more has several records, all but the last marked.
        private void addExtents(Sectors records, byte[] identifier, IsoNode.File file, List<byte[]> systemUse) {
            long from = 0;
            do {
                var size = Math.min(file.size() - from, DirectoryRecord.LARGEST_EXTENT);
                var flags = from + size < file.size() ? DirectoryRecord.GOES_ON : 0;
                var sector = file.size() == 0 ? 0 : data + file.sector() + from / Sectors.SIZE;
                add(records, record(identifier, sector, size, flags, systemUse));
                from += size;
            } while (from < file.size());
        }

        private byte[] directory(byte[] identifier, int number, List<byte[]> systemUse) {
            return record(identifier, start(number), size(number), DirectoryRecord.DIRECTORY, systemUse);
        }

        private byte[] record(byte[] identifier, long sector, long size, int flags, List<byte[]> systemUse) {
            var room = DirectoryRecord.roomFor(identifier);
            return DirectoryRecord.of(identifier, sector, size, flags, continued.fit(systemUse, room));
        }

        private static void add(Sectors records, byte[] entry) {
            records.keepTogether(entry.length).octets(entry);
        }

        private int number(IsoNode.Directory directory) {
            return Objects.requireNonNull(numbers.get(directory));
        }

        private long start(int number) {
            return starts.isEmpty() ? 0 : starts.get(number);
        }

        private long size(int number) {
            return sizes.isEmpty() ? 0 : sizes.get(number);
        }
    }
}
