package dev.hostseed.core.host;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// A network of the project.
///
/// @param engineName `<project>_<key>` unless written
public record Network(ResourceName key, EngineName engineName, Origin origin) {

    /// Where it comes from.
    public sealed interface Origin {}

    /// Made by someone else: it must be there.
    public record External() implements Origin {}

    /// Made by us.
    ///
    /// @param driver `bridge` unless written
    public record Made(
            String driver,
            SortedMap<String, String> driverOptions,
            SortedMap<String, String> labels,
            Reach reach,
            Ipam ipam)
            implements Origin {
        public Made {
            driverOptions = Collections.unmodifiableSortedMap(new TreeMap<>(driverOptions));
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        }
    }

    /// @param internal without a way out
    /// @param attachable by containers that are not of the project
    public record Reach(boolean internal, boolean attachable, boolean ipv4, boolean ipv6) {}

    /// Where the addresses come from.
    ///
    /// @param driver empty for the Engine's own
    public record Ipam(String driver, SortedMap<String, String> options, List<Subnet> subnets) {
        public Ipam {
            options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
            subnets = List.copyOf(subnets);
        }

        /// Of the Engine's own driver.
        public static Ipam of(List<Subnet> subnets) {
            return new Ipam("", new TreeMap<>(), subnets);
        }
    }

    /// @param subnet in CIDR, or empty
    /// @param ipRange in CIDR, or empty
    /// @param gateway or empty
    /// @param auxAddresses that no container may get, by the name of who has them
    public record Subnet(String subnet, String ipRange, String gateway, SortedMap<String, String> auxAddresses) {
        public Subnet {
            auxAddresses = Collections.unmodifiableSortedMap(new TreeMap<>(auxAddresses));
        }
    }
}
