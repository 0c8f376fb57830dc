package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.list;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.Network;
import dev.hostseed.core.notation.Addresses;
import dev.hostseed.core.yaml.Node;
import java.util.List;
import java.util.function.Predicate;

/// `ipam` of a network.
final class IpamKeys {
    private static final Keys<Subnet> SUBNET = Keys.<Subnet>of(
                    scalar(
                            "subnet",
                            (node, into, scope) -> into.subnet =
                                    checked(node, "a subnet such as 10.1.0.0/16", Addresses::isSubnet, scope)),
                    scalar(
                            "ip_range",
                            (node, into, scope) -> into.range =
                                    checked(node, "a subnet such as 10.1.1.0/24", Addresses::isSubnet, scope)),
                    scalar(
                            "gateway",
                            (node, into, scope) ->
                                    into.gateway = checked(node, "an IP address", Addresses::isAddress, scope)))
            .andPlanned("remove it", "aux_addresses");

    private static final Keys<List<Network.Subnet>> IPAM = Keys.<List<Network.Subnet>>of(
                    scalar("driver", IpamKeys::ipamDriver), list("config", IpamKeys::subnets))
            .andPlanned("remove it", "options");

    private IpamKeys() {}

    private static final class Subnet {
        String subnet = "";
        String range = "";
        String gateway = "";
    }

    static void read(Node node, List<Network.Subnet> into, Scope scope) {
        IPAM.read(node, into, scope);
    }

    private static void ipamDriver(Node node, List<Network.Subnet> into, Scope scope) {
        Fields.text(node, scope)
                .filter(driver -> !driver.equals("default"))
                .ifPresent(driver -> scope.report()
                        .error(node.at(), "the IPAM driver '" + driver + "' is not supported yet", "remove it"));
    }

    private static void subnets(Node node, List<Network.Subnet> into, Scope scope) {
        if (node instanceof Node.Sequence list) {
            for (var item : list.items()) {
                var draft = new Subnet();
                SUBNET.read(item, draft, scope);
                into.add(new Network.Subnet(draft.subnet, draft.range, draft.gateway));
            }
        }
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
