package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.problem.Located;
import dev.hostseed.core.yaml.Node;
import java.util.Optional;
import java.util.Set;

/// The keys of `build` that BuildKit alone can do; whether there is one is known when the image is built.
///
/// Rule: Compose Build Specification.
final class BuildKitKeys {
    static final Keys<BuildDraft> KEYS = Keys.<BuildDraft>of(
            special("additional_contexts", Set.of(LIST, MAPPING), BuildKitKeys::contexts),
            special("secrets", Set.of(LIST), BuildKitKeys::secrets),
            special("ssh", Set.of(LIST, MAPPING), BuildKitKeys::ssh),
            special(
                    "entitlements",
                    Set.of(LIST),
                    (node, into, scope) -> into.entitlements.addAll(Fields.textOrTexts(node, scope))),
            scalar("privileged", BuildKitKeys::privileged));

    static final class GrantDraft {
        private Optional<Located<String>> source = Optional.empty();
        private Optional<String> target = Optional.empty();
    }

    static final Keys<GrantDraft> GRANT = Keys.<GrantDraft>of(
            scalar("source", (node, into, scope) -> into.source = BuildKeys.located(node, scope)),
            scalar("target", (node, into, scope) -> into.target = Fields.text(node, scope)),
            scalar("uid", BuildKitKeys::owner),
            scalar("gid", BuildKitKeys::owner),
            scalar("mode", BuildKitKeys::owner));

    private BuildKitKeys() {}

    /// A key that BuildKit alone knows.
    private static Key<BuildDraft> special(String name, Set<Key.Shape> shapes, Key.Parser<BuildDraft> parser) {
        return of(name, shapes, (node, into, scope) -> {
            into.special.put(name, node.at());
            parser.read(node, into, scope);
        });
    }

    private static void privileged(Node node, BuildDraft into, Scope scope) {
        if (Fields.flag(node, scope).orElse(false)) {
            into.special.put("privileged", node.at());
            into.entitlements.add("security.insecure");
        }
    }

    private static void contexts(Node node, BuildDraft into, Scope scope) {
        Fields.pairs(node, scope).forEach((name, value) -> {
            var place = value.value().orElse("");
            if (name.isEmpty() || place.isEmpty()) {
                scope.report().error(value.at(), "a context without a name or a place", "write name=directory");
            } else if (BuildKeys.isRemote(place)
                    && !place.startsWith("docker-image://")
                    && !place.startsWith("oci-layout://")) {
                scope.report()
                        .error(
                                value.at(),
                                "'" + place + "' is not a directory of this machine",
                                "fetch it beforehand, and name its directory");
            } else {
                into.contexts.put(name, new Located<>(value.at(), place));
            }
        });
    }

    private static void secrets(Node node, BuildDraft into, Scope scope) {
        for (var item : ((Node.Sequence) node).items()) {
            var grant = new GrantDraft();
            if (item instanceof Node.Mapping) {
                GRANT.read(item, grant, scope);
            } else {
                grant.source = BuildKeys.located(item, scope);
            }
            if (grant.source.isPresent()) {
                var source = grant.source.get();
                into.secrets.add(new BuildDraft.Grant(source, grant.target.orElse(source.value())));
            } else if (item instanceof Node.Mapping) {
                scope.report().error(item.at(), "a secret without 'source'", "write the name of a secret");
            }
        }
    }

    /// BuildKit gives a secret to the step that asks for it, with the owner that the step says.
    private static void owner(Node node, GrantDraft into, Scope scope) {
        Fields.text(node, scope)
                .ifPresent(text -> scope.report()
                        .info(node.at(), "whose the secret is, the step says that mounts it, ignoring", "remove it"));
    }

    /// `default`, `id`, or `id=path` with a path of the project.
    private static void ssh(Node node, BuildDraft into, Scope scope) {
        Fields.pairs(node, scope).forEach((id, path) -> {
            if (path.value().orElse("").isEmpty()) {
                into.ssh.add(id);
            } else {
                Fields.made(path.value().get(), path.at(), scope, "write a path", scope.directory()::resolve)
                        .ifPresent(file -> into.ssh.add(id + "=" + file));
            }
        });
    }
}
