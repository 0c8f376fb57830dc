package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.FileOwner;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.yaml.Node;
import java.util.Optional;

/// `secrets` and `configs` of a service, in the long form.
///
/// Rule: Compose Specification, "secrets" and "configs" of a service.
final class GrantKeys {
    static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar("source", (node, into, scope) -> into.source = name(node, scope)),
            scalar("target", (node, into, scope) -> into.target = Optional.of(node)),
            scalar("uid", (node, into, scope) -> id(node, scope).ifPresent(uid -> into.uid = uid)),
            scalar("gid", (node, into, scope) -> id(node, scope).ifPresent(gid -> into.gid = gid)),
            scalar(
                    "mode",
                    (node, into, scope) ->
                            GrantMode.read(node, into.kind, scope).ifPresent(mode -> into.mode = mode)));

    private GrantKeys() {}

    static final class Draft {
        final Kind kind;
        Optional<ResourceName> source = Optional.empty();
        Optional<Node> target = Optional.empty();
        int uid = FileOwner.ROOT.uid();
        int gid = FileOwner.ROOT.gid();
        FileMode mode = new FileMode(0444);

        Draft(Kind kind) {
            this.kind = kind;
        }
    }

    static void secrets(Node node, ServiceDraft into, Scope scope) {
        each(node, Kind.SECRET, into, scope);
    }

    static void configs(Node node, ServiceDraft into, Scope scope) {
        each(node, Kind.CONFIG, into, scope);
    }

    private static void each(Node node, Kind kind, ServiceDraft into, Scope scope) {
        if (!(node instanceof Node.Sequence list)) {
            return;
        }
        for (var item : list.items()) {
            var draft = new Draft(kind);
            KEYS.read(item, draft, scope);
            if (item instanceof Node.Mapping grant && grant.find("source").isEmpty()) {
                scope.report()
                        .error(item.at(), "a " + kind + " without 'source'", "name one of '" + kind.section() + "'");
            }
            draft.source
                    .flatMap(source -> granted(source, draft, scope))
                    .ifPresent(mount -> into.mounts.add(new Located<>(item.at(), mount)));
        }
    }

    private static Optional<Mount> granted(ResourceName source, Draft draft, Scope scope) {
        return target(source, draft, scope)
                .map(target ->
                        new Mount.Granted(draft.kind, source, target, new FileOwner(draft.uid, draft.gid), draft.mode));
    }

    private static Optional<TargetPath> target(ResourceName source, Draft draft, Scope scope) {
        var directory = draft.kind == Kind.SECRET ? "/run/secrets/" : "/";
        return draft.target
                .map(written -> Fields.made(
                        written,
                        scope,
                        "write a printable path without . and ..",
                        path -> Fields.target(path.startsWith("/") ? path : directory + path)))
                .orElseGet(() -> Optional.of(new TargetPath(directory + source)));
    }

    private static Optional<ResourceName> name(Node node, Scope scope) {
        return Fields.made(node, scope, "name one that is described at the top", ResourceName::new);
    }

    private static Optional<Integer> id(Node node, Scope scope) {
        return Fields.made(
                node, scope, "write the number, since only the container knows its users by name", GrantKeys::id);
    }

    private static int id(String text) {
        try {
            if (!text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9')) {
                return Integer.parseInt(text);
            }
        } catch (NumberFormatException tooLarge) {
            // as every other text
        }
        throw new IllegalArgumentException("'" + text + "' is not a number that a user or a group can have");
    }
}
