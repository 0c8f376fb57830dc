package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.Connections.Attachment;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.notation.Addresses;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.util.List;
import java.util.function.Predicate;

/// `networks` of a service: a list of names, or a mapping with what the service is on each.
final class AttachmentKeys {
    private static final Keys<Draft> KEYS = Keys.<Draft>of(
                    list("aliases", (node, into, scope) -> {
                        if (node instanceof Node.Sequence aliases) {
                            into.aliases = Fields.texts(aliases, true, scope);
                        }
                    }),
                    scalar(
                            "ipv4_address",
                            (node, into, scope) ->
                                    into.ipv4 = address(node, "an IPv4 address", Addresses::isIpv4, scope)),
                    scalar(
                            "ipv6_address",
                            (node, into, scope) ->
                                    into.ipv6 = address(node, "an IPv6 address", Addresses::isIpv6, scope)))
            .andPlanned(
                    "remove it",
                    "link_local_ips",
                    "mac_address",
                    "driver_opts",
                    "interface_name",
                    "gw_priority",
                    "priority");

    private AttachmentKeys() {}

    private static final class Draft {
        List<String> aliases = List.of();
        String ipv4 = "";
        String ipv6 = "";
    }

    static void read(Node node, ServiceDraft into, Scope scope) {
        switch (node) {
            case Node.Sequence names ->
                names.items()
                        .forEach(i -> Fields.text(i, scope)
                                .ifPresent(name -> attach(name, i.at(), new Draft(), into, scope)));
            case Node.Mapping networks ->
                networks.entries().forEach(e -> {
                    var draft = new Draft();
                    if (!(e.value() instanceof Node.Scalar scalar && scalar.isNull())) {
                        KEYS.read(e.value(), draft, scope);
                    }
                    attach(e.key().text(), e.key().at(), draft, into, scope);
                });
            case Node.Scalar ignored -> {} // its shape was refused
        }
    }

    private static void attach(String name, Position at, Draft draft, ServiceDraft into, Scope scope) {
        Fields.made(name, at, scope, "write the key of a network", ResourceName::new)
                .ifPresent(network -> into.networks.add(
                        new Located<>(at, new Attachment(network, draft.aliases, draft.ipv4, draft.ipv6))));
    }

    private static String address(Node node, String what, Predicate<String> rule, Scope scope) {
        var text = Fields.text(node, scope).orElse("");
        if (!text.isEmpty() && !rule.test(text)) {
            scope.report().error(node.at(), "'" + text + "' is not " + what, "write one, or remove it");
            return "";
        }
        return text;
    }
}
