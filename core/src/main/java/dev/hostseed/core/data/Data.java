package dev.hostseed.core.data;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// A value of the JSON model. Equal values give equal bytes, because a mapping keeps the order it was made in.
public sealed interface Data {

    /// @param entries in the order in which they are written; copied in
    record Mapping(SequencedMap<String, Data> entries) implements Data {
        public Mapping {
            entries = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(entries));
        }

        /// The value under `key`, whatever its kind.
        public Optional<Data> find(String key) {
            return Optional.ofNullable(entries.get(key));
        }

        /// This mapping with `value` under `key`: at its old place, or at the end.
        public Mapping with(String key, Data value) {
            var copy = new LinkedHashMap<>(entries);
            copy.put(key, value);
            return new Mapping(copy);
        }

        /// This mapping with the text `value` under `key`.
        public Mapping with(String key, String value) {
            return with(key, new Text(value));
        }

        /// This mapping with the number `value` under `key`.
        public Mapping with(String key, long value) {
            return with(key, new Whole(value));
        }

        /// This mapping with the truth `value` under `key`.
        public Mapping with(String key, boolean value) {
            return with(key, new Truth(value));
        }

        /// This mapping with `value` under `key`, or this very mapping if `value` holds nothing: an empty mapping,
        /// sequence or text, or null.
        public Mapping withUnlessEmpty(String key, Data value) {
            var empty = value == Null.NULL
                    || value instanceof Mapping(var inner) && inner.isEmpty()
                    || value instanceof Sequence(var items) && items.isEmpty()
                    || value instanceof Text(var text) && text.isEmpty();
            return empty ? this : with(key, value);
        }
    }

    /// @param items copied in
    record Sequence(List<Data> items) implements Data {
        public Sequence {
            items = List.copyOf(items);
        }
    }

    record Text(String value) implements Data {}

    record Whole(long value) implements Data {}

    record Decimal(BigDecimal value) implements Data {}

    record Truth(boolean value) implements Data {}

    /// The JSON null.
    enum Null implements Data {
        NULL
    }

    /// A mapping without entries, to begin with.
    static Mapping mapping() {
        return new Mapping(new LinkedHashMap<>());
    }

    /// A mapping of texts, in the order of `texts`.
    static Mapping texts(Map<String, String> texts) {
        var entries = new LinkedHashMap<String, Data>();
        texts.forEach((key, text) -> entries.put(key, new Text(text)));
        return new Mapping(entries);
    }

    /// A sequence of texts, in the order of `texts`.
    static Sequence texts(Collection<String> texts) {
        return new Sequence(texts.stream().<Data>map(Text::new).toList());
    }
}
