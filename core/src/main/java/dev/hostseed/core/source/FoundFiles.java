package dev.hostseed.core.source;

import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.variables.EnvironmentFiles;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Which Compose files are meant when none is named.
///
/// Rule: docker compose, "Pre-defined environment variables" and "-f flag".
///
/// @param files at least one, which may not be there
/// @param environmentFiles that hold for them; none for the one beside the first file
public record FoundFiles(List<Path> files, List<Path> environmentFiles) {
    private static final List<String> NAMES =
            List.of("compose.yaml", "compose.yml", "docker-compose.yaml", "docker-compose.yml");

    public FoundFiles {
        files = List.copyOf(files);
        environmentFiles = List.copyOf(environmentFiles);
    }

    /// Those of `COMPOSE_FILE`, in the environment or in an environment file; else the first that is there under one of
    /// Compose's names, with its override file if there is one; else the first of the names.
    ///
    /// @param directory that is searched, and that has `.env`; empty for the working directory
    /// @param environmentFiles instead of `.env`
    public static FoundFiles of(Path directory, List<Path> environmentFiles, Map<String, String> environment) {
        var beside = directory.resolve(".env");
        var read = environmentFiles.isEmpty() && Files.exists(beside) ? List.of(beside) : environmentFiles;
        var variables = new TreeMap<>(variables(read, environment));
        variables.putAll(environment);
        var asked = variables.getOrDefault("COMPOSE_FILE", "");
        return asked.isEmpty()
                ? new FoundFiles(standard(directory), environmentFiles)
                : new FoundFiles(
                        split(asked, variables.getOrDefault("COMPOSE_PATH_SEPARATOR", File.pathSeparator)), read);
    }

    /// What is wrong with the files is told when they are read for the project.
    private static Map<String, String> variables(List<Path> files, Map<String, String> environment) {
        return EnvironmentFiles.read(files, file -> new Position(file, 1, 1), environment, new Report());
    }

    private static List<Path> split(String paths, String separator) {
        return Stream.of(paths.split(Pattern.quote(separator)))
                .filter(name -> !name.isEmpty())
                .map(Path::of)
                .toList();
    }

    private static List<Path> standard(Path directory) {
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
