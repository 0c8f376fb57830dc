package dev.hostseed.core.canonical;

import dev.hostseed.core.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// What services use of the rest of a document.
final class Used {
    private final List<Node.Mapping> services;

    Used(Node.Mapping services) {
        this.services = services.entries().stream()
                .flatMap(entry -> entry.value() instanceof Node.Mapping keys ? Stream.of(keys) : Stream.empty())
                .toList();
    }

    /// What of `section` of `document` a service names.
    Node.Mapping of(Node.Mapping document, String section) {
        var names = names(section);
        var all = document.mapping(section).orElseGet(() -> Node.Mapping.of(document.at(), List.of()));
        return Node.Mapping.of(
                all.at(),
                all.entries().stream()
                        .filter(entry -> names.contains(entry.key().text()))
                        .toList());
    }

    private Set<String> names(String section) {
        var names = new TreeSet<String>();
        for (var service : services) {
            switch (service.find(section).orElse(service)) {
                case Node.Mapping keys
                when keys != service ->
                    keys.entries().forEach(entry -> names.add(entry.key().text()));
                case Node.Sequence list ->
                    list.items().forEach(item -> source(item).ifPresent(names::add));
                default -> {}
            }
            service.mapping("build")
                    .flatMap(build -> build.find(section))
                    .filter(grants -> grants instanceof Node.Sequence)
                    .ifPresent(grants -> ((Node.Sequence) grants)
                            .items()
                            .forEach(item -> source(item).ifPresent(names::add)));
        }
        return names;
    }

    private static Optional<String> source(Node item) {
        return item instanceof Node.Mapping keys ? keys.find("source").flatMap(Used::text) : text(item);
    }

    private static Optional<String> text(Node node) {
        return node instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }
}
