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
            List<Subnet> subnets)
            implements Origin {
        public Made {
            driverOptions = Collections.unmodifiableSortedMap(new TreeMap<>(driverOptions));
            labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
            subnets = List.copyOf(subnets);
        }
    }

    /// @param internal without a way out
    /// @param attachable by containers that are not of the project
    public record Reach(boolean internal, boolean attachable, boolean ipv6) {}

    /// @param subnet in CIDR
    /// @param ipRange in CIDR, or empty
    /// @param gateway or empty
    public record Subnet(String subnet, String ipRange, String gateway) {}
}
