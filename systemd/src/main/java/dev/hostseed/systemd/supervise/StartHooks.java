package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.EngineRefusedException;
import java.io.IOException;

/// The hooks of a container after its start.
record StartHooks(ContainerDefinition definition, Surroundings around, RunFiles files) {

    /// Whether all of them ended well in the container `id`, or there are none.
    boolean ranIn(String id) throws IOException {
        return isEmpty() || files.hooksRanIn(id);
    }

    boolean isEmpty() {
        return definition.hooks().postStart().isEmpty();
    }

    /// Runs one after the other in the container `id`, up to the first that fails.
    ///
    /// @return why it failed, or nothing
    String run(String id, Exec.Waiting waiting) throws IOException {
        var exec = new Exec(definition.name(), around.engine(), around.reporter());
        for (var hook : definition.hooks().postStart()) {
            var failure = failureOf(hook, exec, waiting);
            if (!failure.isEmpty()) {
                return failure;
            }
        }
        files.rememberHooks(id);
        return "";
    }

    private static String failureOf(Data.Mapping hook, Exec exec, Exec.Waiting waiting) throws IOException {
        try {
            var status = exec.run(hook, waiting);
            return status.isPresent() && status.getAsInt() == 0
                    ? ""
                    : "it ended " + (status.isPresent() ? "with status " + status.getAsInt() : "too late");
        } catch (EngineRefusedException refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
