package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.Network;
import dev.hostseed.core.notation.Addresses;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/// `ipam` of a network.
final class IpamKeys {
    static final Keys<SubnetDraft> SUBNET = Keys.<SubnetDraft>of(
            scalar(
                    "subnet",
                    (node, into, scope) ->
                            into.subnet = checked(node, "a subnet such as 10.1.0.0/16", Addresses::isSubnet, scope)),
            scalar(
                    "ip_range",
                    (node, into, scope) ->
                            into.range = checked(node, "a subnet such as 10.1.1.0/24", Addresses::isSubnet, scope)),
            scalar(
                    "gateway",
                    (node, into, scope) -> into.gateway = checked(node, "an IP address", Addresses::isAddress, scope)),
            mapping("aux_addresses", IpamKeys::auxAddresses));

    static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar("driver", (node, into, scope) -> Fields.text(node, scope).ifPresent(text -> into.driver = text)),
            list("config", IpamKeys::subnets),
            mapping("options", (node, into, scope) -> into.options = Fields.options(node, scope)));

    private IpamKeys() {}

    static final class SubnetDraft {
        private String subnet = "";
        private String range = "";
        private String gateway = "";
        private SortedMap<String, String> auxAddresses = new TreeMap<>();
    }

    static final class Draft {
        private String driver = "";
        private SortedMap<String, String> options = new TreeMap<>();
        private final List<Network.Subnet> subnets = new ArrayList<>();

        Network.Ipam ipam() {
            return new Network.Ipam(driver, options, subnets);
        }
    }

    private static void subnets(Node node, Draft into, Scope scope) {
        for (var item : node instanceof Node.Sequence list ? list.items() : List.<Node>of()) {
            var draft = new SubnetDraft();
            SUBNET.read(item, draft, scope);
            into.subnets.add(new Network.Subnet(draft.subnet, draft.range, draft.gateway, draft.auxAddresses));
        }
    }

    private static void auxAddresses(Node node, SubnetDraft into, Scope scope) {
        into.auxAddresses = Fields.options(node, scope);
        into.auxAddresses.values().stream()
                .filter(address -> !Addresses.isAddress(address))
                .forEach(address -> scope.report()
                        .error(node.at(), "'" + address + "' is not an IP address", "write name: address"));
    }

    private static String checked(Node node, String what, Predicate<String> rule, Scope scope) {
        var text = Fields.text(node, scope).orElse("");
        if (!text.isEmpty() && !rule.test(text)) {
            scope.report().error(node.at(), "'" + text + "' is not " + what, "correct it, or remove it");
            return "";
        }
        return text;
    }
}
