package dev.hostseed.core.scan;

import dev.hostseed.core.data.Plural;
import dev.hostseed.core.scan.LayerEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The regular files and symbolic links that the layers of an image leave, one above the other, to be held against
/// those that a container of it has. Their names, sizes and targets are kept in memory, and nothing of their content.
///
/// Rule: OCI image specification 1.1, "Image Layer Filesystem Changeset". Directories, devices and pipes count where
/// they hide or replace a file, and are not compared: an Engine without privileges makes no devices.
public final class ImageFiles {
    private final NavigableMap<String, Node> nodes = new TreeMap<>();
    private final Predicate<String> leftOut;
    private int layer = -1; // the highest so far

    /// Something that a container does not have as the layers have it.
    ///
    /// @param layer that the file is of, counted from 0, the lowest; -1 if no layer has it
    /// @param path from the root, without a slash before it
    /// @param expected for people: `12 bytes`, `a link to ../lib`, `nothing`
    /// @param found likewise
    public record Difference(int layer, String path, String expected, String found) {}

    /// @param leftOut whether a path, from the root and without a slash before it, is not to be compared
    public ImageFiles(Predicate<String> leftOut) {
        this.leftOut = leftOut;
    }

    /// What is at a path.
    ///
    /// @param length in bytes; negative where nobody knows
    private record State(Kind kind, long length, String target) {
        static final State UNKNOWN = new State(Kind.FILE, -1, "");

        boolean matches(State other) {
            return kind == other.kind && target.equals(other.target) && (length == other.length || isOpen(other));
        }

        private boolean isOpen(State other) {
            return kind != Kind.FILE || length < 0 || other.length < 0;
        }

        @Override
        public String toString() {
            return switch (kind) {
                case FILE -> length < 0 ? "a file" : Plural.of(length, "byte");
                case SYMBOLIC_LINK -> "a link to " + target;
                case DIRECTORY -> "a directory";
                case HARD_LINK, OTHER -> "a device or a pipe";
            };
        }
    }

    private static final class Node {
        final int layer;
        final State state;

        @Nullable
        State found; // in the container

        Node(int layer, State state) {
            this.layer = layer;
            this.state = state;
        }
    }

    /// Puts the next layer above those so far, the lowest being the first. Reads `tar` to its end.
    ///
    /// @throws MalformedLayerException if it is no tar
    public void add(InputStream tar) throws IOException {
        layer++;
        var entries = new LayerTar(tar);
        for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
            apply(entry.get());
        }
    }

    private void apply(LayerEntry entry) {
        if (entry.isOpaque()) {
            hideBelow(entry.directory());
        } else if (entry.isWhiteout()) {
            hide(entry.hidden());
            hideBelow(entry.hidden());
        } else {
            hideParents(entry.path());
            put(entry);
        }
    }

    private void put(LayerEntry entry) {
        if (entry.kind() == Kind.DIRECTORY) {
            nodes.remove(entry.path());
            return;
        }
        var state = entry.kind() == Kind.HARD_LINK ? linked(entry.target()) : state(entry);
        below(entry.path()).clear();
        if (state.kind == Kind.OTHER) {
            nodes.remove(entry.path());
        } else {
            nodes.put(entry.path(), new Node(layer, state));
        }
    }

    /// A hard link is another name of what was there when it was made.
    private State linked(String target) {
        var node = nodes.get(target);
        return node == null ? State.UNKNOWN : node.state;
    }

    /// Names that are not UTF-8 may look the same here, so nothing is said of their sizes.
    private static State state(LayerEntry entry) {
        var unclear = entry.kind() == Kind.FILE && entry.path().indexOf('\uFFFD') >= 0;
        var length = entry.kind() == Kind.FILE ? entry.length() : 0;
        return unclear ? State.UNKNOWN : new State(entry.kind(), length, entry.target());
    }

    /// A directory takes the place of what lower layers have where it is, be it written in the layer or not.
    private void hideParents(String path) {
        for (var slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
            hide(path.substring(0, slash));
        }
    }

    /// A layer hides what is below it, and nothing of its own.
    private void hide(String path) {
        var node = nodes.get(path);
        if (node != null && node.layer < layer) {
            nodes.remove(path);
        }
    }

    private void hideBelow(String directory) {
        below(directory).values().removeIf(node -> node.layer < layer);
    }

    /// @param directory the empty path is the root
    private NavigableMap<String, Node> below(String directory) {
        return directory.isEmpty()
                ? nodes
                : nodes.subMap(directory + "/", true, directory + "0", false); // 0 is next to /
    }

    /// Reads to its end the tar of all that a container has, and tells each difference. To be done once.
    ///
    /// @return how many files and links were compared
    /// @throws MalformedLayerException if it is no tar
    public int compare(InputStream container, Consumer<Difference> told) throws IOException {
        var entries = new LayerTar(container);
        for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
            if (!leftOut.test(entry.get().path())) {
                compare(entry.get(), told);
            }
        }
        var compared = 0;
        for (var node : nodes.entrySet()) {
            if (!leftOut.test(node.getKey())) {
                compared++;
                tellMissing(node, told);
            }
        }
        return compared;
    }

    private void compare(LayerEntry entry, Consumer<Difference> told) {
        var node = nodes.get(entry.path());
        var found = entry.kind() == Kind.HARD_LINK ? foundAt(entry.target()) : state(entry);
        if (node != null) {
            node.found = found.equals(node.state) ? node.state : found; // one of them is enough to keep
            if (!node.state.matches(found)) {
                told.accept(new Difference(node.layer, entry.path(), node.state.toString(), found.toString()));
            }
        } else if (found.kind == Kind.FILE || found.kind == Kind.SYMBOLIC_LINK) {
            told.accept(new Difference(-1, entry.path(), "nothing", found.toString()));
        }
    }

    private State foundAt(String path) {
        var node = nodes.get(path);
        return node == null || node.found == null ? State.UNKNOWN : node.found;
    }

    private static void tellMissing(Map.Entry<String, Node> entry, Consumer<Difference> told) {
        var node = entry.getValue();
        if (node.found == null) {
            told.accept(new Difference(node.layer, entry.getKey(), node.state.toString(), "nothing"));
        }
    }
}
