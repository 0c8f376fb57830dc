package dev.hostseed.core.canonical;

import dev.hostseed.core.merge.OneForm;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A document in its canonical form. Services that no active profile has stay as they are written.
public final class Canonical {
    private static final Set<String> NAMED = Set.of("networks", "volumes", "secrets", "configs");

    private final Setting setting;

    private Canonical(Setting setting) {
        this.setting = setting;
    }

    /// @param document merged, with its variables filled in
    public static Node.Mapping of(Node.Mapping document, Setting setting) {
        var canonical = new Canonical(setting);
        var formed = OneForm.ofDocument(document)
                .with(entry -> entry.key().text().equals("services")
                        ? canonical.services(entry.value(), document)
                        : entry.value());
        return canonical.withDefaultNetwork(formed).with(canonical::section);
    }

    /// @param written has the services that are not active as they are to stay
    private Node services(Node services, Node.Mapping written) {
        var service = new CanonicalService(setting);
        return services instanceof Node.Mapping all
                ? all.with(entry -> entry.value() instanceof Node.Mapping keys && setting.isActive(keys)
                        ? service.of(keys)
                        : written.mapping("services")
                                .flatMap(own -> own.find(entry.key().text()))
                                .orElse(entry.value()))
                : services;
    }

    /// Compose makes the network `default` if a service is on it and nobody describes it.
    private Node.Mapping withDefaultNetwork(Node.Mapping document) {
        var used = document.mapping("services").stream()
                .flatMap(services -> services.entries().stream())
                .filter(service -> setting.isActive(service.value()))
                .flatMap(service -> usedDefault(service.value()).stream())
                .findFirst();
        var networks = document.mapping("networks").orElse(Node.Mapping.of(document.at(), List.of()));
        return used.isEmpty() || networks.find("default").isPresent()
                ? document
                : document.with("networks", networks.with("default", new Node.Scalar(used.get(), "", true)));
    }

    private static Optional<Position> usedDefault(Node service) {
        return service instanceof Node.Mapping keys
                ? keys.mapping("networks")
                        .flatMap(networks -> networks.entry("default"))
                        .map(entry -> entry.key().at())
                : Optional.empty();
    }

    private Node section(Node.Entry section) {
        return NAMED.contains(section.key().text()) && section.value() instanceof Node.Mapping resources
                ? resources.with(this::named)
                : section.value();
    }

    /// What has no name has that of its project before its key; what is external, its key.
    private Node named(Node.Entry resource) {
        var at = resource.key().at();
        var empty = resource.value() instanceof Node.Scalar scalar && scalar.isNull();
        if (!(empty || resource.value() instanceof Node.Mapping)) {
            return resource.value();
        }
        var keys = resource.value() instanceof Node.Mapping mapping ? mapping : Node.Mapping.of(at, List.of());
        return keys.find("name").isPresent() ? keys : keys.with("name", name(resource.key(), keys));
    }

    private Node name(Node.Scalar key, Node.Mapping keys) {
        var old = keys.mapping("external");
        var external = old.isPresent() || Flags.isTrue(keys.find("external"));
        return old.flatMap(inner -> inner.find("name"))
                .orElseGet(() ->
                        new Node.Scalar(key.at(), external ? key.text() : setting.project() + "_" + key.text(), false));
    }
}
