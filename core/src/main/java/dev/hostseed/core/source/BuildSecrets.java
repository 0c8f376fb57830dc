package dev.hostseed.core.source;

import dev.hostseed.core.host.ImageBuild.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The secrets of a project that steps of a build are given.
///
/// Rule: Compose Build Specification, "secrets".
final class BuildSecrets {
    private final ProjectDraft project;
    private final Scope scope;

    BuildSecrets(ProjectDraft project, Scope scope) {
        this.project = project;
        this.scope = scope;
    }

    List<Secret> of(BuildDraft draft) {
        var secrets = new ArrayList<Secret>();
        for (var grant : draft.secrets) {
            var described = described(grant.source().value());
            if (described.isEmpty()) {
                scope.report()
                        .error(
                                grant.source().at(),
                                "there is no secret '" + grant.source().value() + "'",
                                "describe it under 'secrets', with 'file' or 'environment'");
            } else if (!described.get().refused) {
                secret(grant, described.get()).ifPresent(secrets::add);
            }
        }
        return secrets;
    }

    private Optional<GrantedFileDraft> described(String name) {
        return project.secrets.entrySet().stream()
                .filter(secret -> secret.getKey().value().equals(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /// A file stays where it is, for the builder to read.
    private Optional<Secret> secret(BuildDraft.Grant grant, GrantedFileDraft described) {
        var file = described.sources.get("file");
        return file == null
                ? GrantedContent.of(described, scope).map(value -> new Secret.Held(grant.id(), value))
                : Fields.made(file, scope, "write a path", scope.directory()::local)
                        .map(path -> new Secret.InFile(grant.id(), path));
    }
}
