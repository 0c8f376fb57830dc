package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.MalformedDataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the Engine knows of a container.
///
/// @param status `created`, `running`, `paused`, `exited`, `dead` …
/// @param pid of its first process on the host; 0 unless it runs
/// @param health `starting`, `healthy` or `unhealthy`; empty without a check
/// @param stopSignal by name or number
/// @param config the container's own part of its create body, labels among it
record Inspection(
        String id,
        String status,
        boolean running,
        int pid,
        int exitCode,
        boolean outOfMemory,
        String health,
        String stopSignal,
        Data.Mapping config) {

    /// Reads the reply to `GET /containers/{name}/json`.
    static Inspection of(Data reply) throws MalformedDataException {
        var container = Fields.mapping(reply);
        var state = Fields.mapping(container, "State");
        var config = Fields.mapping(container, "Config");
        var health = Fields.findMapping(state, "Health");
        var checked = health == null ? "" : Fields.findText(health, "Status");
        var signal = Fields.findText(config, "StopSignal");
        return new Inspection(
                Fields.text(container, "Id"),
                Fields.text(state, "Status"),
                Fields.truth(state, "Running"),
                (int) Fields.whole(state, "Pid"),
                (int) Fields.whole(state, "ExitCode"),
                Fields.truth(state, "OOMKilled"),
                checked.equals("none") ? "" : checked,
                signal.isEmpty() ? "SIGTERM" : signal,
                config);
    }

    /// Whether it was made for the service that `definition` is of.
    boolean isOf(ContainerDefinition definition) {
        return sameLabel(definition, Labels.PROJECT)
                && sameLabel(definition, Labels.SERVICE)
                && sameLabel(definition, Labels.INSTANCE);
    }

    /// Whether it was made from `definition` itself.
    boolean isFrom(ContainerDefinition definition) {
        return isOf(definition) && sameLabel(definition, Labels.CONFIG);
    }

    /// Whether its process is there, without asking the Engine: another process of that number is in another cgroup.
    boolean isOnHost() {
        try {
            return Files.readString(Path.of("/proc", Integer.toString(pid), "cgroup"))
                    .contains(id);
        } catch (IOException ended) {
            return false;
        }
    }

    private boolean sameLabel(ContainerDefinition definition, String label) {
        return Labels.find(config, label).equals(Labels.find(definition.create(), label));
    }
}
