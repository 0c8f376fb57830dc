package dev.hostseed.core.host;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/// One service of a project: one container, or several that are alike.
///
/// @param labels the author's own
/// @param dependencies by name
/// @param stopGracePeriod between the stop signal and SIGKILL
/// @param scale how many containers; with 0, the one that there would be is not started by itself
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
        EngineSettings engine,
        int scale,
        Hooks hooks) {
    public Service {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
        dependencies = List.copyOf(dependencies);
    }

    /// One container, and nothing around its life.
    public Service(
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
        this(
                name,
                image,
                process,
                labels,
                connections,
                dependencies,
                health,
                restart,
                stopGracePeriod,
                engine,
                1,
                Hooks.none());
    }

    /// Its containers; that of a service with a scale of 0 is among them, to be started by hand.
    public List<Replica> replicas() {
        return scale < 2
                ? List.of(new Replica(this, 0))
                : IntStream.rangeClosed(1, scale)
                        .mapToObj(number -> new Replica(this, number))
                        .toList();
    }
}
