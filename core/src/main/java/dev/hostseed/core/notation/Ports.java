package dev.hostseed.core.notation;

import dev.hostseed.core.host.Connections.Port;
import dev.hostseed.core.host.Connections.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Published ports. Rule: Compose Specification, "ports"; a range is at most 1024 ports long.
public final class Ports {
    private static final int LONGEST_RANGE = 1024;

    private Ports() {}

    /// A published port taken apart, its parts as they were written and empty where nothing was.
    ///
    /// @param ip an IPv6 address is in brackets
    /// @param protocol without the slash
    public record Parts(String ip, String published, String target, String protocol) {}

    private record Range(int first, int last) {
        int length() {
            return last - first + 1;
        }
    }

    /// `[[ip:][published]:]target[/protocol]`.
    ///
    /// @throws IllegalArgumentException if `text` is none
    public static List<Port> parse(String text) {
        var parts = split(text);
        var protocol = text.indexOf('/') < 0 ? Protocol.TCP : protocol(parts.protocol());
        return expand(parts.ip(), parts.published(), parts.target(), protocol);
    }

    /// The parts of `[[ip:][published]:]target[/protocol]`, none of them looked at.
    ///
    /// @throws IllegalArgumentException if `text` has not that form
    public static Parts split(String text) {
        var slash = text.lastIndexOf('/');
        var spec = slash < 0 ? text : text.substring(0, slash);
        var beforeTarget = spec.lastIndexOf(':');
        var rest = spec.substring(0, Math.max(beforeTarget, 0));
        var beforePublished = rest.endsWith("]") ? rest.length() : rest.lastIndexOf(':');
        var ip = beforePublished < 0 ? "" : rest.substring(0, beforePublished);
        if (beforePublished == 0 || ip.contains(":") != ip.startsWith("[")) {
            throw new IllegalArgumentException("'" + text + "' is not [[ip:]published:]target[/protocol]");
        }
        return new Parts(
                ip,
                beforePublished >= rest.length() ? "" : rest.substring(beforePublished + 1),
                spec.substring(beforeTarget + 1),
                slash < 0 ? "" : text.substring(slash + 1));
    }

    /// `port[-port][/protocol]`, as the Engine writes each port: `80/tcp`.
    ///
    /// @throws IllegalArgumentException if `text` is none
    public static List<String> exposed(String text) {
        if (text.indexOf(':') >= 0) {
            throw new IllegalArgumentException("'" + text + "' is more than a port of the container");
        }
        return parse(text).stream().map(Port::exposed).toList();
    }

    /// @param published empty for ports that the Engine chooses
    /// @throws IllegalArgumentException if these are no ports
    public static List<Port> expand(String ip, String published, String target, Protocol protocol) {
        var bare = ip.startsWith("[") && ip.endsWith("]") ? ip.substring(1, ip.length() - 1) : ip;
        if (!bare.isEmpty() && !Addresses.isAddress(bare)) {
            throw new IllegalArgumentException("'" + ip + "' is not an IP address");
        }
        var targets = range(target);
        var ports = new ArrayList<Port>();
        if (published.isEmpty()) {
            for (var i = 0; i < targets.length(); i++) {
                ports.add(new Port(bare, 0, targets.first() + i, protocol));
            }
            return ports;
        }
        var sources = range(published);
        if (sources.length() != targets.length()) {
            throw new IllegalArgumentException(
                    "the ranges '" + published + "' and '" + target + "' are of unequal length");
        }
        for (var i = 0; i < targets.length(); i++) {
            ports.add(new Port(bare, sources.first() + i, targets.first() + i, protocol));
        }
        return ports;
    }

    public static Protocol protocol(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Protocol.TCP;
            case "udp" -> Protocol.UDP;
            case "sctp" -> Protocol.SCTP;
            default -> throw new IllegalArgumentException("'" + text + "' is not tcp, udp or sctp");
        };
    }

    private static Range range(String text) {
        var dash = text.indexOf('-');
        var first = port(dash < 0 ? text : text.substring(0, dash));
        var range = new Range(first, dash < 0 ? first : port(text.substring(dash + 1)));
        if (range.length() < 1 || range.length() > LONGEST_RANGE) {
            throw new IllegalArgumentException("'" + text + "' is not a range of 1 to " + LONGEST_RANGE + " ports");
        }
        return range;
    }

    private static int port(String text) {
        var port = Digits.number(text);
        if (port < 1 || port > 65535 || text.startsWith("0")) {
            throw new IllegalArgumentException("'" + text + "' is not a port from 1 to 65535");
        }
        return port;
    }
}
