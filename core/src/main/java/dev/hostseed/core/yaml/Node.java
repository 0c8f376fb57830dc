package dev.hostseed.core.yaml;

import dev.hostseed.core.problem.Position;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/// A value of a YAML text, with its place. Scalars keep the text that was written (`1.10`, `yes`, `22:22`, `0644`):
/// what it means is up to the field that reads it. Aliases and merge keys are already resolved.
public sealed interface Node {
    /// Where it starts; that of the anchor if it came by an alias.
    Position at();

    /// How many nodes it is, itself among them, with what aliases repeat counted each time.
    int size();

    /// @param plain not quoted and no block
    /// @param text with escapes and folding resolved
    record Scalar(Position at, String text, boolean plain) implements Node {
        private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");

        @Override
        public int size() {
            return 1;
        }

        /// Whether it stands for nothing. Rule: YAML 1.2, core schema.
        public boolean isNull() {
            return plain && NULLS.contains(text);
        }
    }

    record Sequence(Position at, List<Node> items, int size) implements Node {
        public Sequence {
            items = List.copyOf(items);
        }

        public static Sequence of(Position at, Collection<? extends Node> items) {
            return new Sequence(
                    at,
                    List.copyOf(items),
                    bounded(1 + items.stream().mapToLong(Node::size).sum()));
        }
    }

    /// @param entries in the order of the file; no two keys are equal
    record Mapping(Position at, List<Entry> entries, int size) implements Node {
        public Mapping {
            entries = List.copyOf(entries);
        }

        public static Mapping of(Position at, Collection<Entry> entries) {
            var size = 1L;
            for (var entry : entries) {
                size += 1 + entry.value().size();
            }
            return new Mapping(at, List.copyOf(entries), bounded(size));
        }

        /// The value under `key`.
        public Optional<Node> find(String key) {
            return entry(key).map(Entry::value);
        }

        /// The mapping under `key`; nothing if something else is there.
        public Optional<Mapping> mapping(String key) {
            return find(key)
                    .flatMap(value -> value instanceof Mapping mapping ? Optional.of(mapping) : Optional.empty());
        }

        /// With each value as `change` makes it of its entry.
        public Mapping with(Function<Entry, Node> change) {
            return of(
                    at,
                    entries.stream()
                            .map(e -> new Entry(e.key(), change.apply(e), e.tag()))
                            .toList());
        }

        /// With `value` under `key`: at its old place, or at the end.
        public Mapping with(String key, Node value) {
            var all = new ArrayList<>(entries);
            var entry = new Entry(new Scalar(value.at(), key, true), value);
            for (var i = 0; i < all.size(); i++) {
                if (all.get(i).key().text().equals(key)) {
                    all.set(i, new Entry(all.get(i).key(), value, all.get(i).tag()));
                    return of(at, all);
                }
            }
            all.add(entry);
            return of(at, all);
        }

        /// Without the entry under `key`.
        public Mapping without(String key) {
            return of(
                    at,
                    entries.stream().filter(e -> !e.key().text().equals(key)).toList());
        }

        public Optional<Entry> entry(String key) {
            return entries.stream().filter(e -> e.key().text().equals(key)).findFirst();
        }
    }

    /// @param tag what happens to the value that the key has in the files below
    record Entry(Scalar key, Node value, Tag tag) {
        public Entry(Scalar key, Node value) {
            this(key, value, Tag.NONE);
        }
    }

    /// Rule: Compose Specification, "Merge Compose files", "Reset value" and "Replace value".
    enum Tag {
        NONE,
        /// The key is as if nobody had written it.
        RESET,
        /// The value replaces the one below instead of being merged into it.
        OVERRIDE
    }

    private static int bounded(long size) {
        return (int) Math.min(size, Integer.MAX_VALUE);
    }

    /// In the author's words, for messages.
    default String kind() {
        return switch (this) {
            case Mapping ignored -> "a mapping";
            case Sequence ignored -> "a list";
            case Scalar scalar -> scalar.isNull() ? "nothing" : "'" + scalar.text() + "'";
        };
    }
}
