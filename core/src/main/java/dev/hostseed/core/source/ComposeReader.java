package dev.hostseed.core.source;

import dev.hostseed.core.canonical.Canonical;
import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.variables.EnvironmentFiles;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads Compose files.
public final class ComposeReader {
    private ComposeReader() {}

    /// The host that the Compose file `file` describes, with nothing else said.
    ///
    /// @param environment for interpolation and for variables without a value; beats the `.env` file beside `file`
    public static Reading read(Path file, Map<String, String> environment) {
        return read(ComposeInput.of(file, environment));
    }

    /// The host that Compose files describe together, which is a machine like this one. Reads them, the environment
    /// files and what they name; whatever is wrong with any of them is a problem, never an exception.
    public static Reading read(ComposeInput input) {
        return read(input, Platform.ofThisMachine());
    }

    /// The same for another kind of machine.
    public static Reading read(ComposeInput input, Platform platform) {
        return ComposedFiles.of(input).reading(platform);
    }

    /// @param document the canonical one
    record Composed(Node.Mapping document, Scope scope) {}

    /// Nothing after the reason went to the report.
    static Optional<Composed> composed(ComposeInput input, Report report) {
        var documents = YamlDocument.ofAll(input.files(), report);
        if (report.hasErrors() && documents.isEmpty()) {
            return Optional.empty();
        }
        var variables = variables(input, report);
        var name = ProjectNames.of(documents, input.directory(), variables, report.as(Code.N01));
        variables.put("COMPOSE_PROJECT_NAME", name.value());
        var scope =
                new Scope(report, new ProjectDirectory(input.directory()), variables, name, profiles(input, variables));
        var composed = new Composition(scope)
                .of(documents, new Including(scope.as(Code.Y23), input.files()))
                .map(document -> new Composed(Canonical.of(document, scope.setting()), scope));
        if (composed.isEmpty() && !report.hasErrors()) {
            var at = documents.getFirst().root().at();
            report.as(Code.Y09).error(at, "an empty Compose file", "describe at least one service");
        }
        return composed;
    }

    /// What the canonical `document` describes.
    static Reading host(Node.Mapping document, Scope whole, Platform platform) {
        var scope = whole.on(platform);
        var report = scope.report();
        var draft = new ProjectDraft();
        ProjectKeys.KEYS.read(document, draft, scope);
        if (draft.services.isEmpty() && !report.hasErrors()) {
            report.as(Code.Y09)
                    .error(
                            document.at(),
                            draft.disabled.isEmpty()
                                    ? "a Compose file without services"
                                    : "every service is in a profile that is not active",
                            draft.disabled.isEmpty() ? "describe at least one" : "name a profile with --profile");
        }
        Checks.run(draft, scope);
        var granted = GrantedFiles.collect(draft, scope);
        var builds = new Builds(draft, scope).inOrder();
        scope.needs().tell(draft.machine.engine, report);
        return report.hasErrors()
                ? new Reading.Rejected(report.sorted())
                : new Reading.Accepted(assembled(draft, granted, builds, scope), report.sorted());
    }

    private static TreeMap<String, String> variables(ComposeInput input, Report report) {
        var beside = input.directory().resolve(".env");
        var files =
                input.environmentFiles().isEmpty() && Files.exists(beside) ? List.of(beside) : input.environmentFiles();
        var variables = new TreeMap<>(
                EnvironmentFiles.read(files, file -> new Position(file, 1, 1), input.environment(), report));
        variables.putAll(input.environment());
        input.projectName().ifPresent(name -> variables.put("COMPOSE_PROJECT_NAME", name));
        return variables;
    }

    private static Set<String> profiles(ComposeInput input, Map<String, String> variables) {
        return input.profiles().isEmpty()
                ? Stream.of(variables.getOrDefault("COMPOSE_PROFILES", "").split(","))
                        .map(String::strip)
                        .filter(profile -> !profile.isEmpty())
                        .collect(Collectors.toSet())
                : input.profiles();
    }

    private static Host assembled(ProjectDraft draft, List<GrantedFile> granted, List<ImageBuild> builds, Scope scope) {
        var used = Checks.usedNetworks(draft);
        var mounted = Checks.usedVolumes(draft);
        return new Host(
                draft.machine.name.orElseGet(() -> ProjectNames.host(scope.project())),
                new Project(
                        scope.project(),
                        draft.services.values().stream()
                                .map(ServiceDraft::service)
                                .toList(),
                        draft.networks.values().stream()
                                .map(Located::value)
                                .filter(network -> used.contains(network.key()))
                                .toList(),
                        draft.volumes.values().stream()
                                .map(Located::value)
                                .filter(volume -> mounted.contains(volume.key()))
                                .toList(),
                        scope.directory().files(),
                        granted,
                        builds,
                        refreshed(draft)),
                draft.machine.machine());
    }

    /// One that is built here may be in no registry.
    private static TreeSet<ImageReference> refreshed(ProjectDraft draft) {
        return draft.services.values().stream()
                .filter(service -> service.refreshed && service.build.isEmpty())
                .flatMap(service -> service.image.stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
