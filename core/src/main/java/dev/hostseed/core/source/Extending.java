package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.merge.Merging;
import dev.hostseed.core.merge.RelativePaths;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.YamlTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts services over those that they extend.
///
/// Rule: Compose Specification, "extends".
final class Extending {
    static final Keys<Wanted> KEYS = Keys.<Wanted>of(
            scalar("service", (node, into, scope) -> into.service = Optional.of(node)),
            scalar("file", (node, into, scope) -> into.file = Optional.of(node)));

    private static final int LONGEST_CHAIN = 100;

    private final Composition composition;
    private final Scope scope;
    private final Set<Set<Place>> told = new HashSet<>(); // cycles, each seen from every service in it
    private final Map<Place, Node.Mapping> resolved = new HashMap<>();
    private long total;

    Extending(Composition composition, Scope scope) {
        this.composition = composition;
        this.scope = scope;
    }

    static final class Wanted {
        Optional<Node> service = Optional.empty();
        Optional<Node> file = Optional.empty();
    }

    /// A service where it is written.
    ///
    /// @param directory that relative paths in the file start from
    private record Place(Path file, Path directory, String service) {
        Place sibling(String name) {
            return new Place(file, directory, name);
        }
    }

    /// `document` with each service over what it extends.
    Node.Mapping resolve(Node.Mapping document, Path file) {
        var services = document.mapping("services");
        if (services.isEmpty()) {
            return document;
        }
        var resolved = services.get().with(entry -> {
            var place = new Place(file, scope.directory().path(), entry.key().text());
            return bounded(service(entry.value(), services.get(), List.of(place)));
        });
        return document.with(entry -> entry.value() == services.get() ? resolved : entry.value());
    }

    /// Many small services that extend a large one make more than anybody can hold.
    private Node bounded(Node service) {
        total += service.size();
        if (total <= YamlTree.MAXIMUM_NODES) {
            return service;
        }
        if (total - service.size() <= YamlTree.MAXIMUM_NODES) {
            scope.report()
                    .as(Code.Y04)
                    .error(
                            service.at(),
                            "more than " + YamlTree.MAXIMUM_NODES + " values, with what is extended",
                            "use fewer of them");
        }
        return Node.Mapping.of(service.at(), List.of());
    }

    /// @param chain from the service that is wanted to this one
    private Node service(Node value, Node.Mapping services, List<Place> chain) {
        if (!(value instanceof Node.Mapping service)) {
            return value;
        }
        var extending = service.find("extends");
        if (extending.isEmpty()) {
            return service;
        }
        var known = resolved.get(chain.getLast());
        if (known != null) {
            return known;
        }
        var own = service.without("extends");
        var whole = base(extending.get(), services, chain)
                .map(base -> new Merging(scope.report()).services(base, own))
                .orElse(own);
        if (told.isEmpty()) { // what is in a cycle lacks what was cut off
            resolved.put(chain.getLast(), whole);
        }
        return whole;
    }

    private Optional<Node.Mapping> base(Node extending, Node.Mapping services, List<Place> chain) {
        var wanted = new Wanted();
        if (extending instanceof Node.Scalar) {
            wanted.service = Optional.of(extending);
        } else {
            KEYS.read(extending, wanted, scope);
        }
        if (wanted.service.isEmpty()) {
            scope.report().as(Code.L03).error(extending.at(), "'extends' without a service", "write 'service'");
            return Optional.empty();
        }
        var name = Fields.text(wanted.service.get(), scope).orElse("");
        if (wanted.file.isEmpty()) {
            return found(chain.getLast().sibling(name), wanted.service.get(), services, chain);
        }
        var directory = chain.getLast().directory();
        return Fields.made(wanted.file.get(), scope, "write a path", text -> ProjectDirectory.resolve(directory, text))
                .flatMap(file -> composition
                        .services(file, wanted.file.get().at())
                        .flatMap(others -> {
                            var place = new Place(file, file.resolveSibling(""), name);
                            return found(place, wanted.service.get(), others, chain)
                                    .map(RelativePaths.from(place.directory(), directory)::ofService);
                        }));
    }

    private Optional<Node.Mapping> found(Place place, Node named, Node.Mapping services, List<Place> chain) {
        if (chain.contains(place)) {
            tellCycle(chain.subList(chain.indexOf(place), chain.size()), named.at());
            return Optional.empty();
        }
        if (chain.size() > LONGEST_CHAIN) {
            scope.report()
                    .error(
                            named.at(),
                            "a service that extends more than " + LONGEST_CHAIN + " others",
                            "let it extend one that is nearer to what it needs");
            return Optional.empty();
        }
        var base = services.find(place.service());
        if (base.isEmpty()) {
            var names = services.entries().stream().map(e -> e.key().text()).collect(Collectors.toSet());
            scope.report()
                    .as(Code.L04)
                    .error(
                            named.at(),
                            "there is no service '" + place.service() + "' in " + place.file(),
                            Nearest.remedy(place.service(), names));
            return Optional.empty();
        }
        var longer = new ArrayList<>(chain);
        longer.add(place);
        return service(base.get(), services, longer) instanceof Node.Mapping mapping
                ? Optional.of(mapping)
                : Optional.empty();
    }

    private void tellCycle(List<Place> cycle, Position at) {
        if (told.add(Set.copyOf(cycle))) {
            var names = cycle.stream().map(Place::service).collect(Collectors.joining(" → "));
            scope.report()
                    .error(
                            at,
                            "services extend each other: " + names + " → "
                                    + cycle.getFirst().service(),
                            "move what they share into a service of its own");
        }
    }
}
