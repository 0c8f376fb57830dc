package dev.hostseed.core.host;

import dev.hostseed.core.data.Data;
import java.util.List;
import java.util.Locale;

/// How a container meets the world.
///
/// @param networks in the order of their priority; the first is the one it is created with
public record Connections(List<Port> ports, List<Mount> mounts, List<Attachment> networks, Sharing sharing) {
    public Connections {
        ports = List.copyOf(ports);
        mounts = List.copyOf(mounts);
        networks = List.copyOf(networks);
    }

    /// Of a container that shares nothing with others.
    public Connections(List<Port> ports, List<Mount> mounts, List<Attachment> networks) {
        this(ports, mounts, networks, Sharing.none());
    }

    /// One published port; a range is as many of these.
    ///
    /// @param hostIp empty for every address of the host
    /// @param published 1 to 65535, or 0 for one that the Engine chooses
    /// @param target 1 to 65535, in the container
    public record Port(String hostIp, int published, int target, Protocol protocol) {
        public Port {
            if (published < 0 || published > 65535 || target < 1 || target > 65535) {
                throw new IllegalArgumentException("not a port: " + published + ":" + target);
            }
        }

        /// The port in the container, as the Engine writes it: `80/tcp`.
        public String exposed() {
            return target + "/" + protocol.name().toLowerCase(Locale.ROOT);
        }
    }

    public enum Protocol {
        TCP,
        UDP,
        SCTP
    }

    /// @param aliases beside the name of the service, which is always one
    /// @param ipv4Address empty for one that the Engine chooses
    /// @param ipv6Address empty for one that the Engine chooses
    /// @param linkLocalIps further addresses
    /// @param engine other members of the Engine's `EndpointSettings`, handed on as they are
    public record Attachment(
            ResourceName network,
            List<String> aliases,
            String ipv4Address,
            String ipv6Address,
            List<String> linkLocalIps,
            Data.Mapping engine) {
        public Attachment {
            aliases = List.copyOf(aliases);
            linkLocalIps = List.copyOf(linkLocalIps);
        }

        /// With nothing else said.
        public Attachment(ResourceName network, List<String> aliases, String ipv4Address, String ipv6Address) {
            this(network, aliases, ipv4Address, ipv6Address, List.of(), Data.mapping());
        }

        /// This attachment with a member of the Engine's `EndpointSettings`.
        public Attachment with(String member, String text) {
            return new Attachment(network, aliases, ipv4Address, ipv6Address, linkLocalIps, engine.with(member, text));
        }
    }
}
