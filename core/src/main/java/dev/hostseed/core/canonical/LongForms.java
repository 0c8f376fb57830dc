package dev.hostseed.core.canonical;

import dev.hostseed.core.notation.Ports;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Node;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Items of lists that have a short and a long form, in the long one; nothing after the reason went to the report.
final class LongForms {
    private LongForms() {}

    static Node.Mapping under(String key, Node.Scalar value) {
        return Node.Mapping.of(value.at(), List.of()).with(key, new Node.Scalar(value.at(), value.text(), false));
    }

    /// `[[ip:][published]:]target[/protocol]`.
    static Optional<Node.Mapping> port(Node.Scalar port, Report report) {
        try {
            var parts = Ports.split(port.text());
            return Optional.of(new Members(port.at())
                    .with("host_ip", bare(parts.ip()))
                    .with("published", parts.published())
                    .with("target", parts.target())
                    .with("protocol", parts.protocol())
                    .mapping());
        } catch (IllegalArgumentException none) {
            report.as(Code.P08)
                    .error(
                            port.at(),
                            "'" + port.text() + "' is not a port",
                            "write \"[[ip:]published:]target[/protocol]\"");
            return Optional.empty();
        }
    }

    /// `name=address[,address…]` or `name:address`, each address for itself; what is none stays.
    static Stream<Node> hosts(Node host) {
        var text = host instanceof Node.Scalar scalar ? scalar.text() : "";
        var end = text.indexOf('=') < 0 ? text.indexOf(':') : text.indexOf('=');
        return end < 1
                ? Stream.of(host)
                : Stream.of(text.substring(end + 1).split(",", -1))
                        .map(address ->
                                new Node.Scalar(host.at(), text.substring(0, end) + "=" + bare(address), false));
    }

    private static String bare(String address) {
        return address.startsWith("[") && address.endsWith("]") ? address.substring(1, address.length() - 1) : address;
    }

    /// `[source:]target[:options]`.
    static Optional<Node.Mapping> mount(Node.Scalar mount, Report report) {
        var parts = mount.text().split(":", -1);
        for (var part : parts) {
            if (part.isEmpty() || parts.length > 3) {
                var what = parts.length > 3 ? "too many colons" : "an empty section between colons";
                report.as(Code.P01)
                        .error(mount.at(), what + " in '" + mount.text() + "'", "write [source:]target[:ro]");
                return Optional.empty();
            }
        }
        var source = parts.length == 1 ? "" : parts[0];
        var type = isPath(source) ? "bind" : "volume";
        var options = new MountOptions(mount.at(), type.equals("bind"), report);
        if (parts.length == 3) {
            for (var option : parts[2].split(",", -1)) {
                options.take(option);
            }
        }
        return Optional.of(options.into(new Members(mount.at())
                .with("type", type)
                .with("source", source)
                .with("target", parts.length == 1 ? parts[0] : parts[1])
                .mapping()));
    }

    private static boolean isPath(String source) {
        return source.startsWith("/") || source.startsWith(".") || source.startsWith("~");
    }

    /// `source[:target[:permissions]]`.
    static Optional<Node.Mapping> device(Node.Scalar device, Report report) {
        var parts = device.text().split(":", -1);
        if (parts.length > 3) {
            report.as(Code.P01)
                    .error(
                            device.at(),
                            "too many colons in '" + device.text() + "'",
                            "write source:target:permissions");
            return Optional.empty();
        }
        return Optional.of(new Members(device.at())
                .with("source", parts[0])
                .with("target", parts.length > 1 && !parts[1].isEmpty() ? parts[1] : parts[0])
                .with("permissions", parts.length > 2 ? parts[2] : "rwm")
                .mapping());
    }

    /// A mapping of texts of one place; an empty one is left out.
    private static final class Members {
        private Node.Mapping mapping;

        Members(Position at) {
            mapping = Node.Mapping.of(at, List.of());
        }

        Members with(String key, String text) {
            mapping = text.isEmpty() ? mapping : mapping.with(key, new Node.Scalar(mapping.at(), text, false));
            return this;
        }

        Node.Mapping mapping() {
            return mapping;
        }
    }
}
