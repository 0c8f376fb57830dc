package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.merge.OneForm;
import dev.hostseed.core.notation.Addresses;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// `extra_hosts` of a service: `name=address[,address…]`, `name:address`, or a mapping of names.
///
/// Rule: Compose Specification, "extra_hosts"; Engine API, `HostConfig.ExtraHosts`.
final class HostsKeys {
    private HostsKeys() {}

    static Optional<Data> read(Node node, Scope scope) {
        var lines = new ArrayList<String>();
        if (OneForm.hosts(node) instanceof Node.Sequence list) {
            for (var item : list.items()) {
                Fields.made(item, scope, "write name=address", HostsKeys::lines).ifPresent(lines::addAll);
            }
        }
        return Optional.of(Data.texts(lines));
    }

    /// As the Engine takes them: `name:address`.
    private static List<String> lines(String text) {
        var end = text.indexOf('=') < 0 ? text.indexOf(':') : text.indexOf('=');
        var addresses = end < 0 ? "" : text.substring(end + 1);
        if (end < 1) {
            throw new IllegalArgumentException("'" + text + "' is not a name and its address");
        }
        return Stream.of(addresses.split(",", -1))
                .map(address -> text.substring(0, end) + ":" + address(address))
                .toList();
    }

    private static String address(String text) {
        var bare = text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
        if (!bare.equals("host-gateway") && !Addresses.isAddress(bare)) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address");
        }
        return bare;
    }
}
