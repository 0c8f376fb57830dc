package dev.hostseed.core.source;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.ImageBuild.Secret;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The secrets of a project that steps of a build are given.
///
/// Rule: Compose Build Specification, "secrets".
final class BuildSecrets {
    private final Node.Mapping document;
    private final Scope scope;

    BuildSecrets(Node.Mapping document, Scope scope) {
        this.document = document;
        this.scope = scope;
    }

    List<Secret> of(BuildDraft draft) {
        var secrets = new ArrayList<Secret>();
        for (var grant : draft.secrets) {
            var name = grant.source().value();
            var known = document.mapping("secrets").flatMap(all -> all.mapping(name));
            if (known.isEmpty()) {
                scope.report()
                        .error(
                                grant.source().at(),
                                "there is no secret '" + name + "'",
                                "describe it under 'secrets', with 'file' or 'environment'");
            } else {
                secret(grant, known.get()).ifPresent(secrets::add);
            }
        }
        return secrets;
    }

    private Optional<Secret> secret(BuildDraft.Grant grant, Node.Mapping described) {
        var file = text(described, "file");
        var variable = text(described, "environment");
        var value = variable.map(name -> scope.variables().getOrDefault(name, ""));
        if (file.isPresent()) {
            return Fields.made(file.get(), grant.source().at(), scope, "write a path", scope.directory()::local)
                    .map(path -> new Secret.InFile(grant.id(), path));
        }
        if (value.isEmpty()) {
            scope.report()
                    .error(
                            grant.source().at(),
                            "the secret '" + grant.source().value() + "' has neither 'file' nor 'environment'",
                            "write one of them");
        }
        return value.map(text -> new Secret.Held(grant.id(), Bytes.of(text)));
    }

    private static Optional<String> text(Node.Mapping described, String key) {
        return described
                .find(key)
                .flatMap(node -> node instanceof Node.Scalar(var at, var text, var plain)
                        ? Optional.of(text)
                        : Optional.empty());
    }
}
