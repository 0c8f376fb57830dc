package dev.hostseed.core.canonical;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.notation.ByteSizes;
import dev.hostseed.core.notation.CoreSchema;
import dev.hostseed.core.notation.Durations;
import dev.hostseed.core.yaml.Node;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// What values of the canonical model are as data. A value that is none of its type is told as it is written: whoever
/// reads it says what is wrong.
final class Types {
    /// What one kind of value is as data; nothing if it says no more than its absence.
    @FunctionalInterface
    interface Type {
        Optional<Data> of(Node node);
    }

    /// Whatever an author's own key has.
    static final Type ANY = any(CoreSchema::typed);

    static final Type TEXT = text(Data.Text::new);

    /// A truth that is told even if it is false.
    static final Type TRUTH =
            text(text -> Flags.of(text).<Data>map(Data.Truth::new).orElse(new Data.Text(text)));

    static final Type FLAG = node -> TRUTH.of(node).filter(data -> !data.equals(new Data.Truth(false)));

    static final Type NUMBER = text(Types::number);

    /// In bytes, as a text.
    static final Type BYTES =
            text(text -> new Data.Text(text.startsWith("-") ? text : Long.toString(ByteSizes.parse(text))));

    static final Type DURATION = text(text -> new Data.Text(Durations.text(Durations.parse(text))));

    static final Type TEXTS = list(TEXT);

    /// Null says that the value is unknown.
    static final Type VARIABLES = byName(node -> TEXT.of(node).or(() -> Optional.of(Data.Null.NULL)));

    /// Null says that the value is empty.
    static final Type PAIRS = byName(node -> TEXT.of(node).or(() -> Optional.of(new Data.Text(""))));

    private Types() {}

    /// @param make throws an IllegalArgumentException for what is no such text
    static Type text(Function<String, Data> make) {
        return node -> {
            if (!(node instanceof Node.Scalar scalar)) {
                return ANY.of(node);
            }
            try {
                return scalar.isNull() ? Optional.empty() : Optional.of(make.apply(scalar.text()));
            } catch (IllegalArgumentException other) {
                return Optional.of(new Data.Text(scalar.text()));
            }
        };
    }

    /// An empty list says no more than nothing.
    static Type list(Type item) {
        return node -> {
            if (!(node instanceof Node.Sequence list)) {
                return ANY.of(node).filter(data -> data != Data.Null.NULL);
            }
            var items = new ArrayList<Data>();
            list.items().forEach(value -> item.of(value).ifPresent(items::add));
            return items.isEmpty() ? Optional.empty() : Optional.of(new Data.Sequence(items));
        };
    }

    /// Names of the author's choice; none of them says no more than nothing.
    static Type byName(Type value) {
        return node -> mapping(node, Map.of(), value).filter(data -> !data.equals(Data.mapping()));
    }

    /// @param keys with their types; others are the author's own
    static Type keys(Map<String, Type> keys) {
        return keys(keys, ANY);
    }

    static Type keys(Map<String, Type> keys, Type others) {
        return node -> mapping(node, keys, others);
    }

    private static Optional<Data> mapping(Node node, Map<String, Type> keys, Type others) {
        if (!(node instanceof Node.Mapping mapping)) {
            return ANY.of(node).filter(data -> data != Data.Null.NULL);
        }
        var members = new TreeMap<String, Data>();
        for (var entry : mapping.entries()) {
            var name = entry.key().text();
            keys.getOrDefault(name, others).of(entry.value()).ifPresent(data -> members.put(name, data));
        }
        return Optional.of(new Data.Mapping(members));
    }

    private static Data number(String text) {
        try {
            var number = new BigDecimal(text).stripTrailingZeros();
            return number.scale() <= 0 ? new Data.Whole(number.longValueExact()) : new Data.Decimal(number);
        } catch (ArithmeticException | NumberFormatException none) {
            return new Data.Text(text);
        }
    }

    /// Whatever there is, with scalars of the meaning that `typed` gives them.
    static Type any(Function<Node.Scalar, Data> typed) {
        return node -> Optional.of(any(node, typed));
    }

    private static Data any(Node node, Function<Node.Scalar, Data> typed) {
        return switch (node) {
            case Node.Scalar scalar -> typed.apply(scalar);
            case Node.Sequence list ->
                new Data.Sequence(
                        list.items().stream().map(item -> any(item, typed)).toList());
            case Node.Mapping mapping -> {
                var members = new TreeMap<String, Data>();
                mapping.entries().forEach(e -> members.put(e.key().text(), any(e.value(), typed)));
                yield new Data.Mapping(members);
            }
        };
    }
}
