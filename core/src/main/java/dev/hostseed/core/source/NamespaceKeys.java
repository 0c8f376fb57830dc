package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.yaml.Node;
import java.util.List;
import java.util.Set;

/// Keys that put a container into a namespace: one of its own, the host's, or that of another container.
///
/// Rule: Compose Specification, "network_mode", "ipc", "pid"; the Engine takes a container for no other one.
final class NamespaceKeys {
    private static final String SERVICE = "service:";
    private static final String CONTAINER = "container:";

    private NamespaceKeys() {}

    /// @param member of the Engine's `HostConfig`
    /// @param modes that it takes, beside another service and another container
    static Key<ServiceDraft> key(String name, String member, String... modes) {
        return Key.member("HostConfig." + member, name, Set.of(Key.Shape.SCALAR), (node, into, scope) -> {
            into.written.put(name, node.at());
            read(node, member, List.of(modes), into, scope);
        });
    }

    private static void read(Node node, String member, List<String> modes, ServiceDraft into, Scope scope) {
        var text = Fields.text(node, scope).orElse("");
        if (text.startsWith(SERVICE)) {
            Fields.made(text.substring(SERVICE.length()), node.at(), scope, "name a service", ServiceName::new)
                    .ifPresent(service -> into.namespaces.put(member, new Located<>(node.at(), service)));
        } else if (text.startsWith(CONTAINER)) {
            Fields.made(text.substring(CONTAINER.length()), node.at(), scope, "name a container", EngineName::new)
                    .ifPresent(container -> into.host.put(member, new Data.Text(CONTAINER + container)));
        } else if (modes.contains(text)) {
            into.host.put(member, new Data.Text(text));
        } else if (!text.isEmpty()) {
            scope.report()
                    .error(
                            node.at(),
                            "'" + text + "' has no meaning here",
                            "write " + String.join(", ", modes) + ", service:NAME or container:NAME");
        }
    }
}
