package dev.hostseed.core.source;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The keys that one kind of mapping knows. A key that starts with `x-` is the author's own and ignored; any other that
/// is not in the table is refused with the nearest known one.
final class Keys<D> {
    private final Map<String, Key<D>> byName = new LinkedHashMap<>();

    private Keys(List<Key<D>> keys) {
        for (var key : keys) {
            if (byName.put(key.name(), key) != null) {
                throw new IllegalArgumentException("two rules for '" + key.name() + "'");
            }
        }
    }

    @SafeVarargs
    static <D> Keys<D> of(Key<D>... keys) {
        var all = new ArrayList<Key<D>>();
        for (var key : keys) {
            all.add(key);
        }
        return new Keys<>(all);
    }

    /// Names that are known, but not built yet.
    Collection<String> plannedNames() {
        return byName.values().stream()
                .filter(key -> key instanceof Key.Planned)
                .map(Key::name)
                .toList();
    }

    List<Key<D>> all() {
        return List.copyOf(byName.values());
    }

    /// This table and further keys.
    Keys<D> and(Keys<D> others) {
        var all = new ArrayList<>(byName.values());
        all.addAll(others.byName.values());
        return new Keys<>(all);
    }

    /// This table and keys that are known, but not built yet, each with the same remedy.
    Keys<D> andPlanned(String remedy, String... names) {
        var all = new ArrayList<>(byName.values());
        for (var name : names) {
            all.add(Key.planned(name, remedy));
        }
        return new Keys<>(all);
    }

    Set<String> names() {
        return byName.keySet();
    }

    /// Reads each entry of `node` into `into`; what is wrong goes to the report.
    void read(Node node, D into, Scope scope) {
        if (!(node instanceof Node.Mapping mapping)) {
            scope.report()
                    .as(Code.L01)
                    .error(node.at(), "expected a mapping, found " + node.kind(), "write keys with values");
            return;
        }
        for (var entry : mapping.entries()) {
            var name = entry.key().text();
            switch (byName.get(name)) {
                case Key.Built<D> key -> {
                    scope.needs().add(entry.key().at(), "'" + name + "'", key.since());
                    readIfShaped(key, entry, into, scope);
                }
                case Key.Planned<D>(var ignored, var remedy) ->
                    scope.report().as(Code.L06).error(entry.key().at(), "'" + name + "' is not supported yet", remedy);
                case Key.Refused<D>(var ignored, var why, var remedy) ->
                    scope.report().as(Code.L06).error(entry.key().at(), "'" + name + "' " + why, remedy);
                case null -> refuseUnlessOwn(entry.key(), scope);
            }
        }
    }

    private void refuseUnlessOwn(Node.Scalar key, Scope scope) {
        if (!key.text().startsWith("x-")) {
            scope.report()
                    .as(Code.Y07)
                    .error(key.at(), "unknown key '" + key.text() + "'", Nearest.remedy(key.text(), byName.keySet()));
        }
    }

    private static <D> void readIfShaped(Key.Built<D> key, Node.Entry entry, D into, Scope scope) {
        var shapes = key.shapes();
        var fits = switch (entry.value()) {
            case Node.Mapping ignored -> shapes.contains(Key.Shape.MAPPING);
            case Node.Sequence ignored -> shapes.contains(Key.Shape.LIST);
            case Node.Scalar scalar ->
                scalar.isNull() ? shapes.contains(Key.Shape.NULLABLE) : shapes.contains(Key.Shape.SCALAR);
        };
        if (fits) {
            key.parser().read(entry.value(), into, KeyCodes.within(key.name(), scope));
        } else if (entry.value() instanceof Node.Scalar scalar
                && scalar.isNull()
                && (shapes.contains(Key.Shape.LIST) || shapes.contains(Key.Shape.MAPPING))) {
            scope.report()
                    .as(Code.L07)
                    .warn(entry.key().at(), "'" + key.name() + "' has no value, ignoring", "remove it");
        } else {
            scope.report()
                    .as(Code.L01)
                    .error(
                            entry.value().at(),
                            "'" + key.name() + "' takes " + wanted(shapes) + ", not "
                                    + entry.value().kind(),
                            "write it as " + wanted(shapes));
        }
    }

    private static String wanted(Set<Key.Shape> shapes) {
        var words = new ArrayList<String>();
        if (shapes.contains(Key.Shape.SCALAR)) {
            words.add("a text");
        }
        if (shapes.contains(Key.Shape.LIST)) {
            words.add("a list");
        }
        if (shapes.contains(Key.Shape.MAPPING)) {
            words.add("a mapping");
        }
        return String.join(" or ", words);
    }
}
