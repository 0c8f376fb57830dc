package dev.hostseed.core.source;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// What a project is read from.
///
/// @param files at least one; each is put over the ones before it
/// @param projectDirectory that relative paths start from; the directory of the first file if it is not said
/// @param projectName beats `COMPOSE_PROJECT_NAME` and what the files say
/// @param environmentFiles with variables; `.env` in the project directory if there are none
/// @param profiles the active ones, `*` for all; those of `COMPOSE_PROFILES` if there are none
/// @param environment for interpolation and for variables without a value; beats the environment files
public record ComposeInput(
        List<Path> files,
        Optional<Path> projectDirectory,
        Optional<String> projectName,
        List<Path> environmentFiles,
        Set<String> profiles,
        Map<String, String> environment) {
    public ComposeInput {
        files = List.copyOf(files);
        environmentFiles = List.copyOf(environmentFiles);
        profiles = Set.copyOf(profiles);
        environment = Collections.unmodifiableMap(new TreeMap<>(environment));
        if (files.isEmpty()) {
            throw new IllegalArgumentException("no Compose file");
        }
    }

    /// One file, and otherwise what Compose does when nothing is said.
    public static ComposeInput of(Path file, Map<String, String> environment) {
        return new ComposeInput(List.of(file), Optional.empty(), Optional.empty(), List.of(), Set.of(), environment);
    }

    /// The project directory, said or not; empty for the working directory.
    public Path directory() {
        return projectDirectory.orElseGet(() -> files.getFirst().resolveSibling(""));
    }
}
