package dev.hostseed.core.source;

import dev.hostseed.core.host.HostName;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.variables.Interpolation;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.YamlDocument;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// How a project is called: as `COMPOSE_PROJECT_NAME` says, else as its file says, else as its directory is called.
///
/// Rule: Compose, "Specify a project name".
final class ProjectNames {
    private static final String RULE = "start with a letter or digit; use lower case letters, digits, '_' and '-'";

    private static final String VARIABLE = "COMPOSE_PROJECT_NAME";

    private ProjectNames() {}

    /// @param documents the last one that has a name says it
    static ProjectName of(List<YamlDocument> documents, Path directory, Map<String, String> variables, Report report) {
        var asked = variables.getOrDefault(VARIABLE, "");
        var written = documents.reversed().stream()
                .flatMap(document -> written(document.root(), variables, report).stream())
                .findFirst();
        if (asked.isEmpty()) {
            return written.flatMap(name -> named(name.text(), name.at(), "", report))
                    .orElseGet(() -> ofDirectory(directory));
        }
        written.filter(name -> !name.text().equals(asked))
                .ifPresent(name -> report.info(
                        name.at(),
                        VARIABLE + " is '" + asked + "' and beats this name",
                        "unset it, or write the same"));
        return named(asked, documents.getFirst().root().at(), " in " + VARIABLE, report)
                .orElseGet(() -> ofDirectory(directory));
    }

    private static Optional<Node.Scalar> written(Node root, Map<String, String> variables, Report report) {
        return root instanceof Node.Mapping mapping
                ? mapping.find("name")
                        .map(name -> new Interpolation(variables, report).fill(name))
                        .filter(name -> name instanceof Node.Scalar scalar && !scalar.isNull())
                        .map(name -> (Node.Scalar) name)
                : Optional.empty();
    }

    private static Optional<ProjectName> named(String text, Position at, String where, Report report) {
        try {
            return Optional.of(new ProjectName(text));
        } catch (IllegalArgumentException wrong) {
            report.error(at, wrong.getMessage() + where, RULE);
            return Optional.empty();
        }
    }

    /// Rule: Compose's normalisation.
    private static ProjectName ofDirectory(Path directory) {
        var last = directory.toAbsolutePath().normalize().getFileName();
        var kept = new StringBuilder();
        (last == null ? "" : last.toString().toLowerCase(Locale.ROOT))
                .chars()
                .filter(c ->
                        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || ((c == '_' || c == '-') && !kept.isEmpty()))
                .limit(63)
                .forEach(c -> kept.append((char) c));
        return new ProjectName(kept.isEmpty() ? "project" : kept.toString());
    }

    /// The host's name if none is written: the project's, as far as RFC 1123 lets it.
    static HostName host(ProjectName project) {
        var name = project.value().replace('_', '-');
        while (name.endsWith("-")) {
            name = name.substring(0, name.length() - 1);
        }
        return new HostName(name);
    }
}
