package dev.hostseed.core.image;

import dev.hostseed.core.data.Plural;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LockDiff.Change.Added;
import dev.hostseed.core.image.LockDiff.Change.Moved;
import dev.hostseed.core.image.LockDiff.Change.Removed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// What became of a project's images from one lock to the next. How layers are compressed is no change.
///
/// @param changes by reference
public record LockDiff(List<Change> changes) {
    public LockDiff {
        changes = List.copyOf(changes);
    }

    /// What became of one image.
    public sealed interface Change {
        record Added(LockedImage image) implements Change {}

        record Removed(LockedImage image) implements Change {}

        record Moved(LockedImage before, LockedImage after) implements Change {}
    }

    /// From `before` to `after`.
    public static LockDiff between(List<LockedImage> before, List<LockedImage> after) {
        var old = byReference(before);
        var now = byReference(after);
        var all = new TreeSet<>(old.keySet());
        all.addAll(now.keySet());
        var changes = new ArrayList<Change>();
        for (var reference : all) {
            var was = old.get(reference);
            var is = now.get(reference);
            if (was == null && is != null) {
                changes.add(new Added(is));
            } else if (was != null && is == null) {
                changes.add(new Removed(was));
            } else if (was != null && is != null && !same(was, is)) {
                changes.add(new Moved(was, is));
            }
        }
        return new LockDiff(changes);
    }

    public boolean isEmpty() {
        return changes.isEmpty();
    }

    /// A line for each change, for people: `+` for what came, `-` for what went, `~` for what moved.
    public List<String> lines() {
        return changes.stream().map(LockDiff::line).toList();
    }

    private static String line(Change change) {
        return switch (change) {
            case Added(var image) -> "+ " + described(image);
            case Removed(var image) -> "- " + described(image);
            case Moved(var before, var after) ->
                "~ %s  %s → %s  %s"
                        .formatted(
                                after.reference(),
                                identity(before, after),
                                identity(after, before),
                                layers(before, after));
        };
    }

    private static String described(LockedImage image) {
        return "%s  %s  %s, %s"
                .formatted(
                        image.reference(),
                        shortened(image.config().digest()),
                        Plural.of(image.layers().size(), "layer"),
                        Plural.ofBytes(image.size()));
    }

    /// What tells `image` from `other`.
    private static String identity(LockedImage image, LockedImage other) {
        return image.platform().equals(other.platform())
                ? shortened(image.config().digest())
                : image.platform().toString();
    }

    private static String layers(LockedImage before, LockedImage after) {
        var known = new HashSet<Digest>();
        before.layers().forEach(layer -> known.add(layer.plain().digest()));
        var added = after.layers().stream()
                .filter(layer -> !known.contains(layer.plain().digest()))
                .toList();
        var size = added.stream().mapToLong(layer -> layer.plain().size()).sum();
        return added.isEmpty()
                ? "the same layers"
                : "%d of %s new, %s"
                        .formatted(added.size(), Plural.of(after.layers().size(), "layer"), Plural.ofBytes(size));
    }

    private static String shortened(Digest digest) {
        return digest.value().substring(0, "sha256:".length() + 12);
    }

    private static boolean same(LockedImage one, LockedImage other) {
        return one.config().equals(other.config()) && one.platform().equals(other.platform());
    }

    private static TreeMap<ImageReference, LockedImage> byReference(List<LockedImage> images) {
        var sorted = new TreeMap<ImageReference, LockedImage>();
        images.forEach(image -> sorted.put(image.reference(), image));
        return sorted;
    }
}
