package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.yaml.Node;

/// `volumes` of a service, in the long form.
final class MountKeys {
    static final Keys<MountDraft> KEYS = Keys.<MountDraft>of(
            scalar("type", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.type = t)),
            scalar("source", MountKeys::source),
            scalar("target", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.target = t)),
            scalar("read_only", (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.readOnly = f)),
            scalar("consistency", (node, into, scope) -> Fields.withoutEffect(node, "consistency", scope)),
            section("bind", MountOptionKeys.BIND),
            section("volume", MountOptionKeys.VOLUME),
            section("tmpfs", MountOptionKeys.TMPFS),
            section("image", MountOptionKeys.IMAGE));

    private MountKeys() {}

    private static Key<MountDraft> section(String type, Keys<MountDraft> keys) {
        return Key.mapping(type, (node, into, scope) -> {
            into.sections.put(type, node.at());
            keys.read(node, into, scope);
        });
    }

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
            KEYS.read(item, draft, scope);
            draft.complete(into, scope);
        }
    }
}
