package dev.hostseed.core.merge;

import dev.hostseed.core.yaml.Node;
import java.util.Optional;

/// What two items of a list have in common where the later one replaces the earlier one.
@FunctionalInterface
interface ItemIdentity {
    ItemIdentity NONE = item -> Optional.empty();

    /// Nothing for an item that is like no other.
    Optional<String> of(Node item);

    static Optional<String> text(Node item) {
        return item instanceof Node.Scalar scalar ? Optional.of(scalar.text()) : Optional.empty();
    }

    /// What stands before `=`.
    static Optional<String> name(Node item) {
        return text(item).map(text -> text.indexOf('=') < 0 ? text : text.substring(0, text.indexOf('=')));
    }

    static Optional<String> under(String key, Node item) {
        return item instanceof Node.Mapping mapping ? mapping.find(key).flatMap(ItemIdentity::text) : Optional.empty();
    }

    static Optional<String> path(Node item) {
        return text(item).or(() -> under("path", item));
    }

    /// The address, both ports and the protocol; of the short form, its text.
    static Optional<String> port(Node item) {
        return text(item)
                .or(() -> under("target", item)
                        .map(target -> under("host_ip", item).orElse("") + ":"
                                + under("published", item).orElse("") + ":" + target + "/"
                                + under("protocol", item).orElse("tcp")));
    }

    /// Where a volume or a device is seen in the container: in the short form behind the first colon, or all of it.
    static Optional<String> target(Node item) {
        return text(item)
                .map(text -> {
                    var parts = text.split(":", 3);
                    return parts.length > 1 ? parts[1] : text;
                })
                .or(() -> under("target", item));
    }

    /// Where a secret or a config is seen in the container.
    static Optional<String> grant(String directory, Node item) {
        return text(item)
                .map(name -> directory + "/" + name)
                .or(() -> under("target", item))
                .or(() -> under("source", item).map(name -> directory + "/" + name));
    }
}
