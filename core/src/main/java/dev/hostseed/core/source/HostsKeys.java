package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.notation.Addresses;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.Optional;

/// `extra_hosts` of a service: each `name=address`.
///
/// Rule: Compose Specification, "extra_hosts"; Engine API, `HostConfig.ExtraHosts`.
final class HostsKeys {
    private HostsKeys() {}

    static Optional<Data> read(Node node, Scope scope) {
        var lines = new ArrayList<String>();
        if (node instanceof Node.Sequence list) {
            for (var item : list.items()) {
                Fields.made(item, scope, "write name=address", HostsKeys::line).ifPresent(lines::add);
            }
        }
        return Optional.of(Data.texts(lines));
    }

    /// As the Engine takes it: `name:address`.
    private static String line(String text) {
        var end = text.indexOf('=');
        if (end < 1) {
            throw new IllegalArgumentException("'" + text + "' is not a name and its address");
        }
        return text.substring(0, end) + ":" + address(text.substring(end + 1));
    }

    private static String address(String text) {
        if (!text.equals("host-gateway") && !Addresses.isAddress(text)) {
            throw new IllegalArgumentException("'" + text + "' is not an IP address");
        }
        return text;
    }
}
