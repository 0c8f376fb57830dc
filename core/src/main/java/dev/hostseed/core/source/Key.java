package dev.hostseed.core.source;

import dev.hostseed.core.host.EngineApi;
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

    /// @param since the lowest version of the Engine's API that can do what the key says
    /// @param member of the Engine's API that it becomes; empty if it is not one alone
    record Built<D>(String name, Set<Shape> shapes, EngineApi since, String member, Parser<D> parser)
            implements Key<D> {}

    /// Known, but not built yet.
    record Planned<D>(String name, String remedy) implements Key<D> {}

    /// Part of the specification, but not to be had on a host.
    ///
    /// @param why what follows the key's name in the problem
    record Refused<D>(String name, String why, String remedy) implements Key<D> {}

    static <D> Key<D> scalar(String name, Parser<D> parser) {
        return of(name, Set.of(Shape.SCALAR), parser);
    }

    static <D> Key<D> list(String name, Parser<D> parser) {
        return of(name, Set.of(Shape.LIST), parser);
    }

    static <D> Key<D> mapping(String name, Parser<D> parser) {
        return of(name, Set.of(Shape.MAPPING), parser);
    }

    static <D> Key<D> of(String name, Set<Shape> shapes, Parser<D> parser) {
        return new Built<>(name, shapes, EngineApi.LOWEST, "", parser);
    }

    static <D> Key<D> planned(String name, String remedy) {
        return new Planned<>(name, remedy);
    }

    static <D> Key<D> refused(String name, String why, String remedy) {
        return new Refused<>(name, why, remedy);
    }

    /// `key`, which an Engine that speaks less than version 1.`minor` of the API does not know.
    static <D> Key<D> since(int minor, Key<D> key) {
        return switch (key) {
            case Built<D>(var name, var shapes, var ignored, var member, var parser) ->
                new Built<>(name, shapes, new EngineApi(minor), member, parser);
            case Planned<D> planned -> planned;
            case Refused<D> refused -> refused;
        };
    }

    /// A key that becomes `member` of the Engine's API and nothing else.
    ///
    /// @param member for people, such as `HostConfig.Init`: the parser puts it there
    static <D> Key<D> member(String member, String name, Set<Shape> shapes, Parser<D> parser) {
        return new Built<>(name, shapes, EngineApi.LOWEST, member, parser);
    }
}
