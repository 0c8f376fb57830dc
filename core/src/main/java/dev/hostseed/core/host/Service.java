package dev.hostseed.core.host;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// One service of a project: one container.
///
/// @param labels the author's own
/// @param dependencies in the order of the file
/// @param stopGracePeriod between the stop signal and SIGKILL
public record Service(
        ServiceName name,
        ImageReference image,
        Process process,
        SortedMap<String, String> labels,
        Connections connections,
        List<Dependency> dependencies,
        Health health,
        RestartPolicy restart,
        Duration stopGracePeriod,
        EngineSettings engine) {
    public Service {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        dependencies = List.copyOf(dependencies);
    }
}
