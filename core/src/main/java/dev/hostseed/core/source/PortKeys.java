package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.Connections.Protocol;
import dev.hostseed.core.notation.Ports;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.yaml.Node;

/// `ports` of a service.
final class PortKeys {
    static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar("target", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.target = t)),
            scalar("published", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.published = t)),
            scalar("host_ip", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.hostIp = t)),
            scalar(
                    "protocol",
                    (node, into, scope) -> Fields.made(node, scope, "write tcp, udp or sctp", Ports::protocol)
                            .ifPresent(p -> into.protocol = p)),
            scalar("mode", PortKeys::mode),
            scalar("name", (node, into, scope) -> Fields.withoutEffect(node, "name", scope)),
            scalar("app_protocol", (node, into, scope) -> Fields.withoutEffect(node, "app_protocol", scope)));

    private static final String REMEDY = "write \"[[ip:]published:]target[/protocol]\"";

    private PortKeys() {}

    static final class Draft {
        String target = "";
        String published = "";
        String hostIp = "";
        Protocol protocol = Protocol.TCP;
    }

    static void read(Node node, ServiceDraft into, Scope scope) {
        if (node instanceof Node.Sequence list) {
            for (var item : list.items()) {
                if (!into.portBudget.isSpent()) {
                    one(item, into, scope);
                }
            }
        }
    }

    private static void one(Node item, ServiceDraft into, Scope scope) {
        var draft = new Draft();
        KEYS.read(item, draft, scope);
        var ports = Fields.made(
                "",
                item.at(),
                scope,
                REMEDY,
                ignored -> Ports.expand(draft.hostIp, draft.published, draft.target, draft.protocol));
        ports.ifPresent(all -> {
            if (!into.portBudget.take(all.size())) {
                scope.report()
                        .error(
                                item.at(),
                                "more than " + PortBudget.PORTS + " ports in this project",
                                "publish fewer, or give the service the host's network with 'network_mode: host'");
                return;
            }
            if (!all.isEmpty() && all.getFirst().published() == 0) {
                scope.report()
                        .warn(item.at(), "the Engine chooses the port of the host", "write published:target to fix it");
            }
            all.forEach(port -> into.ports.add(new Located<>(item.at(), port)));
        });
    }

    /// On one host, both modes are the same, and `ingress` stands in whatever `config` printed.
    private static void mode(Node node, Draft into, Scope scope) {
        Fields.text(node, scope)
                .filter(mode -> !mode.equals("ingress") && !mode.equals("host"))
                .ifPresent(mode ->
                        scope.report().error(node.at(), "'" + mode + "' is not a mode", "write host, or remove it"));
    }
}
