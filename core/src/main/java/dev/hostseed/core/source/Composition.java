package dev.hostseed.core.source;

import dev.hostseed.core.merge.Merging;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.variables.Interpolation;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.YamlDocument;
import dev.hostseed.core.yaml.YamlTree;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Documents put over each other, in the order of Compose: the variables are filled into each for itself, then its
/// services are put over those that they extend, what it includes is added, and all that over the documents before.
final class Composition {
    private final Scope scope;
    private final Interpolation interpolation;
    private final Map<Path, Optional<Node.Mapping>> services = new HashMap<>();

    Composition(Scope scope) {
        this.scope = scope;
        this.interpolation = new Interpolation(scope.variables(), scope.report());
    }

    /// The one document that `documents` make together, or nothing if none of them has anything; what is wrong with any
    /// went to the report.
    Optional<Node.Mapping> of(List<YamlDocument> documents, Including including) {
        var extending = new Extending(this, scope.as(Code.Y23));
        var merging = new Merging(scope.report());
        Optional<Node.Mapping> merged = Optional.empty();
        for (var document : documents) {
            var filled = filled(document).map(root -> including.resolve(extending.resolve(root, document.file())));
            merged = merged.isEmpty() || filled.isEmpty()
                    ? merged.or(() -> filled)
                    : Optional.of(merging.documents(merged.get(), filled.get()));
        }
        return merged.map(this::bounded).map(document -> (Node.Mapping) Merging.settle(document));
    }

    /// The services of a file that others extend, as they are written there.
    ///
    /// @param named where the file was asked for
    Optional<Node.Mapping> services(Path file, Position named) {
        return services.computeIfAbsent(file.toAbsolutePath().normalize(), absent -> {
            var merging = new Merging(scope.report());
            return YamlDocument.of(file, named, scope.report()).stream()
                    .flatMap(document -> filled(document).stream())
                    .reduce(merging::documents)
                    .flatMap(document -> document.mapping("services"));
        });
    }

    private Optional<Node.Mapping> filled(YamlDocument document) {
        if (document.isEmpty()) {
            return Optional.empty();
        }
        if (interpolation.fill(document.root()) instanceof Node.Mapping mapping) {
            return Optional.of(mapping);
        }
        scope.report()
                .as(Code.Y09)
                .error(
                        document.root().at(),
                        "expected a mapping, found " + document.root().kind(),
                        "write keys with values");
        return Optional.empty();
    }

    private Node.Mapping bounded(Node.Mapping mapping) {
        if (mapping.size() <= YamlTree.MAXIMUM_NODES) {
            return mapping;
        }
        scope.report()
                .as(Code.Y04)
                .error(
                        mapping.at(),
                        "more than " + YamlTree.MAXIMUM_NODES + " values, with what is extended and included",
                        "use fewer of them");
        return Node.Mapping.of(mapping.at(), List.of());
    }
}
