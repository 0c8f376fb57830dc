package dev.hostseed.cli.build;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which Compose files are meant when none is named.
///
/// Rule: docker compose, "Pre-defined environment variables" and "-f flag".
final class DefaultFiles {
    private static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");

    private DefaultFiles() {}

    /// Those of `COMPOSE_FILE`; else the first that is there under one of Compose's names, with its override file if
    /// there is one; else the first of the names, which is not there.
    static List<Path> of(Optional<Path> projectDirectory, Map<String, String> environment) {
        var asked = environment.getOrDefault("COMPOSE_FILE", "");
        if (!asked.isEmpty()) {
            var separator = environment.getOrDefault("COMPOSE_PATH_SEPARATOR", File.pathSeparator);
            return Stream.of(asked.split(Pattern.quote(separator)))
                    .filter(name -> !name.isEmpty())
                    .map(Path::of)
                    .toList();
        }
        var directory = projectDirectory.orElse(Path.of(""));
        for (var name : NAMES) {
            if (Files.exists(directory.resolve(name))) {
                return withOverride(directory, name);
            }
        }
        return List.of(directory.resolve(NAMES.getFirst()));
    }

    private static List<Path> withOverride(Path directory, String name) {
        var dot = name.lastIndexOf('.');
        var override = Stream.of(".yaml", ".yml")
                .map(end -> directory.resolve(name.substring(0, dot) + ".override" + end))
                .filter(Files::exists)
                .findFirst();
        return Stream.concat(Stream.of(directory.resolve(name)), override.stream())
                .toList();
    }
}
