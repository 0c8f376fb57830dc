package dev.hostseed.cloudinit.iso;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileContent.Copied;
import dev.hostseed.core.file.FileContent.Held;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Files by path as a tree, each with the place of its bytes.
///
/// @param files in the order of their bytes; those without bytes are left out
/// @param sectors that the bytes of all files take
record IsoTree(IsoNode.Directory root, List<IsoNode.File> files, long sectors) {
    /// ECMA-119 ends at 8. Linux reads any depth, and what does not need Rock Ridge's relocated directories is left
    /// without them, as xorriso does it; this limit is one against mistakes.
    private static final int DEEPEST = 64;

    /// Linux cuts a longer name without a word.
    private static final int LONGEST_NAME = 253;

    private static final int READ_EXECUTE = 0555;

    /// @throws IOException if the size of a file to be copied cannot be read
    static IsoTree of(SortedMap<String, FileContent> contents) throws IOException {
        var builder = new Builder();
        var root = new TreeMap<String, Object>();
        for (var entry : contents.entrySet()) {
            insert(root, entry.getKey(), entry.getValue());
        }
        var directory = builder.directory("", root);
        return new IsoTree(directory, List.copyOf(builder.files), builder.next);
    }

    @SuppressWarnings("unchecked") // a map in the map is one that this method made
    private static void insert(TreeMap<String, Object> root, String path, FileContent content)
            throws UnfitForIsoException {
        var names = path.split("/", -1);
        if (names.length > DEEPEST) {
            throw new UnfitForIsoException("'%s' lies more than %d directories deep".formatted(path, DEEPEST));
        }
        var directory = root;
        for (int i = 0; i < names.length; i++) {
            check(names[i], path);
            var last = i == names.length - 1;
            var there = directory.putIfAbsent(names[i], last ? content : new TreeMap<String, Object>());
            if (there != null && (last || there instanceof FileContent)) {
                throw new UnfitForIsoException("'%s' is both a file and a directory".formatted(path));
            }
            if (!last) {
                directory = (TreeMap<String, Object>) directory.get(names[i]);
            }
        }
    }

    private static void check(String name, String path) throws UnfitForIsoException {
        if (name.isEmpty() || name.equals(".") || name.equals("..") || name.indexOf('\0') >= 0) {
            throw new UnfitForIsoException("'%s' is not a relative, normal path".formatted(path));
        }
        if (name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new UnfitForIsoException(
                    "'%s' has more than the %d bytes of a name on the medium".formatted(name, LONGEST_NAME));
        }
    }

    private static final class Builder {
        private final List<IsoNode.File> files = new ArrayList<>();
        private long next;

        @SuppressWarnings("unchecked") // a map in the map is one that insert made
        IsoNode.Directory directory(String name, SortedMap<String, Object> contents) throws IOException {
            var nodes = new ArrayList<IsoNode>();
            for (var entry : contents.entrySet()) {
                nodes.add(
                        switch (entry.getValue()) {
                            case FileContent content -> node(entry.getKey(), content);
                            case Object inner -> directory(entry.getKey(), (SortedMap<String, Object>) inner);
                        });
            }
            return new IsoNode.Directory(name, nodes);
        }

        private IsoNode node(String name, FileContent content) throws IOException {
            return switch (content) {
                case Held(var bytes, var mode) -> file(name, content, mode.bits(), bytes.size());
                case Copied(var source, var mode) -> file(name, content, mode.bits(), Files.size(source));
                case FileContent.Link(var target) -> new IsoNode.Link(name, target);
            };
        }

        private IsoNode.File file(String name, FileContent content, int mode, long size) {
            var file = new IsoNode.File(name, content, mode & READ_EXECUTE, size, size == 0 ? 0 : next);
            if (size > 0) {
                files.add(file);
                next += Sectors.holding(size);
            }
            return file;
        }
    }
}
