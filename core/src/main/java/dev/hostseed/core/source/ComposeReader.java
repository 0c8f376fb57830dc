package dev.hostseed.core.source;

import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ResourceName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Reads Compose files.
public final class ComposeReader {
    private ComposeReader() {}

    /// The host that the Compose file `file` describes. Reads it, the `.env` beside it and what it names; whatever is
    /// wrong with any of them is a problem, never an exception.
    ///
    /// @param environment for interpolation and for variables without a value; beats the `.env` file beside `file`
    public static Reading read(Path file, Map<String, String> environment) {
        var report = new Report();
        return SourceText.read(file, new Position(file, 1, 1), report)
                .flatMap(text -> YamlTree.read(text, file, report))
                .map(root -> host(root, file, environment, report))
                .orElseGet(() -> new Reading.Rejected(report.sorted()));
    }

    private static Reading host(Node root, Path file, Map<String, String> environment, Report report) {
        var directory = file.resolveSibling(""); // relative if `file` is: so are the files that problems name
        var variables = variables(file, environment, report);
        if (root instanceof Node.Scalar scalar && scalar.isNull()) {
            report.error(root.at(), "an empty Compose file", "describe at least one service");
            return new Reading.Rejected(report.sorted());
        }
        var name = ProjectNames.of(root, directory, variables, report);
        variables.put("COMPOSE_PROJECT_NAME", name.value());
        var scope = new Scope(report, new ProjectDirectory(directory), variables, name);
        var draft = new ProjectDraft();
        ProjectKeys.KEYS.read(new Interpolation(variables, report).fill(root), draft, scope);
        if (draft.services.isEmpty() && !report.hasErrors()) {
            report.error(root.at(), "a Compose file without services", "describe at least one");
        }
        Checks.run(draft, scope);
        return report.hasErrors()
                ? new Reading.Rejected(report.sorted())
                : new Reading.Accepted(assembled(draft, scope), report.sorted());
    }

    private static TreeMap<String, String> variables(Path file, Map<String, String> environment, Report report) {
        var variables = new TreeMap<String, String>();
        var beside = file.resolveSibling(".env");
        if (Files.exists(beside)) {
            SourceText.read(beside, new Position(beside, 1, 1), report)
                    .ifPresent(text -> variables.putAll(Dotenv.read(text, beside, environment, report)));
        }
        variables.putAll(environment);
        return variables;
    }

    private static Host assembled(ProjectDraft draft, Scope scope) {
        var networks = new TreeMap<ResourceName, Network>();
        for (var key : Checks.usedNetworks(draft)) {
            var written = draft.networks.get(key);
            networks.put(key, written == null ? ResourceKeys.implicit(scope) : written.value());
        }
        return new Host(
                draft.machine.name.orElseGet(() -> ProjectNames.host(scope.project())),
                new Project(
                        scope.project(),
                        draft.services.values().stream()
                                .map(ServiceDraft::service)
                                .toList(),
                        networks.values().stream().toList(),
                        draft.volumes.values().stream().map(Located::value).toList(),
                        scope.directory().files()),
                draft.machine.machine());
    }
}
