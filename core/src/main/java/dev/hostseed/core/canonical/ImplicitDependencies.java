package dev.hostseed.core.canonical;

import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.yaml.Node;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Services that another one needs by what it shares with them: they are added to its `depends_on`, which is then in
/// its
/// long form. What `depends_on` says itself is kept. Each that is added stands where the key that implies it does.
///
/// Rule: Compose Specification, "links", "network_mode", "volumes_from"; compose-go, `loader/normalize.go`.
final class ImplicitDependencies {
    private static final List<String> NAMESPACES = List.of("network_mode", "ipc", "pid", "uts", "cgroup");

    private final Map<String, Node.Entry> dependencies = new LinkedHashMap<>();

    private ImplicitDependencies() {}

    /// `service` with its dependencies; itself if nothing is implied, or if `depends_on` is nothing that can be read.
    static Node.Mapping of(Node.Mapping service) {
        var written = service.find("depends_on");
        var all = new ImplicitDependencies();
        switch (written.orElse(Node.Mapping.of(service.at(), List.of()))) {
            case Node.Mapping mapping ->
                mapping.entries()
                        .forEach(entry -> all.dependencies.put(entry.key().text(), entry));
            case Node.Scalar scalar when scalar.isNull() -> {}
            default -> {
                return service; // its reader says why
            }
        }
        var before = all.dependencies.size();
        all.links(service);
        all.namespaces(service);
        all.volumes(service);
        return all.dependencies.size() == before
                ? service
                : service.with(
                        "depends_on", Node.Mapping.of(written.orElse(service).at(), all.dependencies.values()));
    }

    private void links(Node.Mapping service) {
        texts(service, "links").forEach(link -> add(nameIn(link.text()), true, link));
    }

    private void namespaces(Node.Mapping service) {
        for (var key : NAMESPACES) {
            if (service.find(key).orElse(service) instanceof Node.Scalar mode
                    && mode.text().startsWith("service:")) {
                add(mode.text().substring("service:".length()), true, mode);
            }
        }
    }

    private void volumes(Node.Mapping service) {
        texts(service, "volumes_from")
                .filter(from -> !from.text().startsWith("container:"))
                .forEach(from -> add(nameIn(from.text()), false, from));
    }

    /// Unless no service can be called `name`: the key's own reader tells that.
    private void add(String name, boolean restart, Node.Scalar implying) {
        if (!ServiceName.isOne(name)) {
            return;
        }
        var started = List.of(
                scalar("condition", "service_started", implying),
                truth("restart", restart, implying),
                truth("required", true, implying));
        dependencies.putIfAbsent(
                name,
                new Node.Entry(new Node.Scalar(implying.at(), name, false), Node.Mapping.of(implying.at(), started)));
    }

    private static Stream<Node.Scalar> texts(Node.Mapping service, String key) {
        return service.find(key).orElse(service) instanceof Node.Sequence list
                ? list.items().stream().filter(Node.Scalar.class::isInstance).map(Node.Scalar.class::cast)
                : Stream.empty();
    }

    private static String nameIn(String text) {
        var colon = text.indexOf(':');
        return colon < 0 ? text : text.substring(0, colon);
    }

    private static Node.Entry truth(String key, boolean value, Node.Scalar like) {
        return scalar(key, Boolean.toString(value), like);
    }

    private static Node.Entry scalar(String key, String value, Node.Scalar like) {
        return new Node.Entry(new Node.Scalar(like.at(), key, true), new Node.Scalar(like.at(), value, true));
    }
}
