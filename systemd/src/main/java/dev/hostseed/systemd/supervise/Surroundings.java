package dev.hostseed.systemd.supervise;

import dev.hostseed.core.engine.Engine;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The world as the supervisor meets it.
///
/// @param state the release: `/var/lib/hostseed/<project>/current`
/// @param run directory of the project's state until the next boot: `/run/hostseed/<project>`
/// @param done directory of what is remembered for longer: `/var/lib/hostseed/<project>/done`
/// @param cgroups where the cgroup file system is mounted: `/sys/fs/cgroup`
/// @param environment that systemd gave; none of it reaches a container
/// @param load a command that has the images of the release loaded again, and ends when they are
public record Surroundings(
        Engine engine,
        Path state,
        Path run,
        Path done,
        Path cgroups,
        Map<String, String> environment,
        List<String> load,
        Reporter reporter) {
    public Surroundings {
        environment = Map.copyOf(environment);
        load = List.copyOf(load);
    }
}
