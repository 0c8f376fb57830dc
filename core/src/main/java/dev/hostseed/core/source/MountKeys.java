package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.planned;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.yaml.Node;

/// `volumes` of a service, in the short and the long form.
final class MountKeys {
    private static final Keys<MountDraft> BIND = Keys.<MountDraft>of(scalar(
                    "create_host_path",
                    (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.createHostPath = f)))
            .andPlanned("remove it", "propagation", "recursive", "selinux");

    private static final Keys<MountDraft> VOLUME = Keys.<MountDraft>of(scalar(
                    "nocopy", (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.noCopy = f)))
            .andPlanned("remove it", "labels", "subpath");

    private static final Keys<MountDraft> KEYS = Keys.<MountDraft>of(
            scalar("type", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.type = t)),
            scalar("source", MountKeys::source),
            scalar("target", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.target = t)),
            scalar("read_only", (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.readOnly = f)),
            scalar("consistency", (node, into, scope) -> Fields.withoutEffect(node, "consistency", scope)),
            mapping("bind", BIND::read),
            mapping("volume", VOLUME::read),
            planned("tmpfs", "remove it"),
            planned("image", "remove it"));

    private MountKeys() {}

    private static void source(Node node, MountDraft into, Scope scope) {
        into.sourceAt = node.at();
        Fields.text(node, scope).ifPresent(text -> into.source = text);
    }

    static void read(Node node, ServiceDraft into, Scope scope) {
        if (!(node instanceof Node.Sequence list)) {
            return;
        }
        for (var item : list.items()) {
            var draft = new MountDraft(item.at());
            if (item instanceof Node.Mapping) {
                KEYS.read(item, draft, scope);
                draft.complete(into, scope);
            } else {
                Fields.text(item, scope).ifPresent(text -> shortForm(text, draft, into, scope));
            }
        }
    }

    /// `[source:]target[:options]`.
    private static void shortForm(String text, MountDraft draft, ServiceDraft into, Scope scope) {
        var parts = text.split(":", -1);
        for (var part : parts) {
            if (part.isEmpty() || parts.length > 3) {
                var what = parts.length > 3 ? "too many colons" : "an empty section between colons";
                scope.report().error(draft.at, what + " in '" + text + "'", "write [source:]target[:ro]");
                return;
            }
        }
        draft.source = parts.length == 1 ? "" : parts[0];
        draft.target = parts.length == 1 ? parts[0] : parts[1];
        draft.type = isPath(draft.source) ? "bind" : "volume";
        if (parts.length == 3) {
            for (var option : parts[2].split(",", -1)) {
                option(option, draft, scope);
            }
        }
        draft.complete(into, scope);
    }

    private static boolean isPath(String source) {
        return source.startsWith("/") || source.startsWith(".") || source.startsWith("~");
    }

    private static void option(String option, MountDraft draft, Scope scope) {
        switch (option) {
            case "ro" -> draft.readOnly = true;
            case "rw" -> draft.readOnly = false;
            case "nocopy" -> draft.noCopy = true;
            case "cached", "delegated", "consistent" -> // of Docker Desktop
                scope.report().info(draft.at, "the option '" + option + "' has no effect on Linux", "remove it");
            case "z", "Z", "shared", "rshared", "slave", "rslave", "private", "rprivate" ->
                scope.report().error(draft.at, "the option '" + option + "' is not supported yet", "remove it");
            default -> scope.report().error(draft.at, "unknown option '" + option + "'", "write ro, rw or nocopy");
        }
    }
}
