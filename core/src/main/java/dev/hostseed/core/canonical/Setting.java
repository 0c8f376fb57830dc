package dev.hostseed.core.canonical;

import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Node;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a document means beside its text.
///
/// @param directory that relative paths start from
/// @param variables the environment, over what `.env` says
/// @param profiles the active ones; `*` for all
public record Setting(
        Report report, ProjectName project, Path directory, Map<String, String> variables, Set<String> profiles) {

    /// Rule: Compose Specification, "Profiles".
    ///
    /// @param service the mapping of its keys
    public boolean isActive(Node service) {
        var own = service instanceof Node.Mapping keys
                        && keys.find("profiles").orElse(service) instanceof Node.Sequence list
                ? list.items()
                : List.<Node>of();
        return own.isEmpty()
                || profiles.contains("*")
                || own.stream().anyMatch(p -> p instanceof Node.Scalar scalar && profiles.contains(scalar.text()));
    }
}
