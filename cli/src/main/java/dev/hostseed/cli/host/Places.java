package dev.hostseed.cli.host;

import dev.hostseed.cli.Terminal;
import dev.hostseed.cli.UsageException;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Where a host verb finds its project and the Engine; each place can be told by an option.
///
/// @param state a release: `/var/lib/hostseed/<project>/current` unless told
/// @param run state until the next boot: `/run/hostseed/<project>` unless told
record Places(ProjectName project, Path state, Path run, Engine engine) {
    static final List<String> OPTIONS = List.of("--project-name", "--state", "--run-directory", "--docker-socket");

    static Places of(Arguments arguments) throws UsageException {
        var name = arguments.require("--project-name");
        try {
            var project = new ProjectName(name);
            return new Places(
                    project,
                    state(arguments, project),
                    Path.of(arguments.get("--run-directory", "/run/hostseed/" + project)),
                    engine(arguments));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("'" + name + "' is not a project name");
        }
    }

    private static Path state(Arguments arguments, ProjectName project) {
        var told = arguments.get("--state", "");
        var root = Path.of(arguments.get("--root", "/"));
        return told.isEmpty() ? root.resolve("var/lib/hostseed").resolve(project + "/current") : Path.of(told);
    }

    static Engine engine(Arguments arguments) {
        var told = arguments.get("--docker-socket", "");
        return Engine.at(told.isEmpty() ? Engine.DEFAULT_SOCKET : Path.of(told));
    }

    /// What the docker command would go by, and hostseed does not: it speaks to the Engine of this host.
    static void sayWhatIsIgnored(Arguments arguments, Map<String, String> environment, Terminal terminal) {
        for (var variable : List.of("DOCKER_HOST", "DOCKER_CONTEXT")) {
            if (!environment.getOrDefault(variable, "").isEmpty() && !arguments.has("--docker-socket")) {
                terminal.say(variable + " is set, ignoring: images are for the Engine at " + Engine.DEFAULT_SOCKET
                        + "; --docker-socket names another");
            }
        }
    }

    /// The definition at `directory/<name>.json` of the release.
    ///
    /// @throws UsageException if the release has none of that name
    Data.Mapping definition(String directory, String name) throws IOException, UsageException {
        var file = state.resolve(directory).resolve(name + ".json");
        if (name.contains("/") || !Files.exists(file)) {
            throw new UsageException(
                    "project '" + project + "' has nothing called '" + name + "': there is no " + file);
        }
        return Json.readMapping(Files.readAllBytes(file));
    }
}
