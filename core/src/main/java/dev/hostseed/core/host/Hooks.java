package dev.hostseed.core.host;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What runs around the life of a service's containers.
///
/// @param preStart once, in this order, before the first container is started
/// @param postStart in each container when it was started, in this order
/// @param preStop in each container before its stop signal, in this order
///
/// Rule: Compose Specification, "pre_start", "post_start" and "pre_stop".
public record Hooks(List<Step> preStart, List<Command> postStart, List<Command> preStop) {
    public Hooks {
        preStart = List.copyOf(preStart);
        postStart = List.copyOf(postStart);
        preStop = List.copyOf(preStop);
    }

    public static Hooks none() {
        return new Hooks(List.of(), List.of(), List.of());
    }

    /// A program in a container of its own, which has the networks and the mounts of the service.
    public record Step(ImageReference image, Process process, boolean privileged) {}

    /// A program in the service's own container.
    ///
    /// @param environment beside that of the container
    /// @param user empty for the container's
    /// @param workingDirectory empty for the container's
    public record Command(
            List<String> words,
            SortedMap<String, String> environment,
            String user,
            String workingDirectory,
            boolean privileged) {
        public Command {
            words = List.copyOf(words);
            environment = Collections.unmodifiableSortedMap(new TreeMap<>(environment));
        }
    }
}
