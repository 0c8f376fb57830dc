package dev.hostseed.core.canonical;

import dev.hostseed.core.host.Connections.Port;
import dev.hostseed.core.notation.Ports;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Published ports, each for itself, with what goes without saying.
final class PortRanges {
    private PortRanges() {}

    /// A port that is none stays as it is.
    static Node each(Node ports) {
        if (!(ports instanceof Node.Sequence(var at, var items, var size))) {
            return ports;
        }
        var each = new ArrayList<Node>();
        for (var item : items) {
            if (item instanceof Node.Mapping keys) {
                each.addAll(single(keys));
            } else {
                each.add(item);
            }
        }
        return Node.Sequence.of(at, each);
    }

    private static List<Node.Mapping> single(Node.Mapping keys) {
        try {
            var protocol = Ports.protocol(text(keys, "protocol", "tcp"));
            return Ports.expand(
                            text(keys, "host_ip", ""), text(keys, "published", ""), text(keys, "target", ""), protocol)
                    .stream()
                    .map(port -> port(keys, port))
                    .toList();
        } catch (IllegalArgumentException none) {
            return List.of(keys);
        }
    }

    private static Node.Mapping port(Node.Mapping keys, Port port) {
        var with = keys.with("target", text(keys, Integer.toString(port.target())))
                .with("protocol", text(keys, port.protocol().name().toLowerCase(Locale.ROOT)))
                .with("mode", keys.find("mode").orElse(text(keys, "ingress")));
        return port.published() == 0 ? with : with.with("published", text(keys, Integer.toString(port.published())));
    }

    private static Node.Scalar text(Node.Mapping keys, String text) {
        return new Node.Scalar(keys.at(), text, false);
    }

    private static String text(Node.Mapping keys, String key, String otherwise) {
        return keys.find(key).orElse(keys) instanceof Node.Scalar scalar ? scalar.text() : otherwise;
    }
}
