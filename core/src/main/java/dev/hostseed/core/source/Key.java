package dev.hostseed.core.source;

import dev.hostseed.core.yaml.Node;
import java.util.Set;

/// A key that the specification knows, and what reads it into a `D`.
sealed interface Key<D> {
    String name();

    /// What kind of value a key takes. Nothing at all is always taken: for a list or a mapping as an empty one.
    enum Shape {
        SCALAR,
        LIST,
        MAPPING,
        /// A scalar that may be null and means something then.
        NULLABLE
    }

    interface Parser<D> {
        /// @param value has one of the key's shapes
        void read(Node value, D into, Scope scope);
    }

    record Built<D>(String name, Set<Shape> shapes, Parser<D> parser) implements Key<D> {}

    /// Known, but not built yet.
    record Planned<D>(String name, String remedy) implements Key<D> {}

    static <D> Key<D> scalar(String name, Parser<D> parser) {
        return new Built<>(name, Set.of(Shape.SCALAR), parser);
    }

    static <D> Key<D> list(String name, Parser<D> parser) {
        return new Built<>(name, Set.of(Shape.LIST), parser);
    }

    static <D> Key<D> mapping(String name, Parser<D> parser) {
        return new Built<>(name, Set.of(Shape.MAPPING), parser);
    }

    static <D> Key<D> of(String name, Set<Shape> shapes, Parser<D> parser) {
        return new Built<>(name, shapes, parser);
    }

    static <D> Key<D> planned(String name, String remedy) {
        return new Planned<>(name, remedy);
    }
}
