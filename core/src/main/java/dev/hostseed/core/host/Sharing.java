package dev.hostseed.core.host;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a container has of others.
///
/// @param links in the order of the file
/// @param volumesFrom in the order of the file
/// @param namespaces those of another service's container, by the member of the Engine's `HostConfig`: `NetworkMode`,
/// `IpcMode` or `PidMode`
public record Sharing(List<Link> links, List<VolumesFrom> volumesFrom, SortedMap<String, ServiceName> namespaces) {
    public Sharing {
        links = List.copyOf(links);
        volumesFrom = List.copyOf(volumesFrom);
        namespaces = Collections.unmodifiableSortedMap(new TreeMap<>(namespaces));
    }

    /// Nothing.
    public static Sharing none() {
        return new Sharing(List.of(), List.of(), new TreeMap<>());
    }

    /// @param alias under which the containers of `service` are found from here
    public record Link(ServiceName service, String alias) {}

    /// All mounts of another container.
    public sealed interface VolumesFrom {
        boolean readOnly();

        /// Of the first container of `service`.
        record OfService(ServiceName service, boolean readOnly) implements VolumesFrom {}

        /// Of one that is not of this project.
        record OfContainer(EngineName container, boolean readOnly) implements VolumesFrom {}
    }
}
