package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.Shape.SCALAR;
import static dev.hostseed.core.source.Key.member;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;
import static dev.hostseed.core.source.Key.since;

import dev.hostseed.core.canonical.Modes;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.yaml.Node;
import java.util.Set;

/// What the long form of a mount says under the name of its type.
///
/// Rule: Compose Specification, "volumes"; Engine API, `Mount`.
final class MountOptionKeys {
    static final Set<String> PROPAGATIONS = Set.of("private", "rprivate", "shared", "rshared", "slave", "rslave");

    static final Keys<MountDraft> BIND = Keys.<MountDraft>of(
            scalar("propagation", MountOptionKeys::propagation),
            scalar(
                    "create_host_path",
                    (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.createHostPath = f)),
            scalar("recursive", MountOptionKeys::recursive),
            scalar("selinux", MountOptionKeys::label));

    static final Keys<MountDraft> VOLUME = Keys.<MountDraft>of(
            option("nocopy", "volume", EngineValues.FLAG, "NoCopy"),
            since(45, option("subpath", "volume", EngineValues.RELATIVE_PATH, "Subpath")),
            of(
                    "labels",
                    Set.of(LIST, MAPPING),
                    (node, into, scope) -> into.put("volume", "Labels", Data.texts(Fields.labels(node, scope)))));

    static final Keys<MountDraft> TMPFS = Keys.<MountDraft>of(
            option("size", "tmpfs", EngineValues.BYTES, "SizeBytes"), scalar("mode", MountOptionKeys::mode));

    static final Keys<MountDraft> IMAGE =
            Keys.<MountDraft>of(option("subpath", "image", EngineValues.RELATIVE_PATH, "Subpath"));

    private MountOptionKeys() {}

    private static Key<MountDraft> option(String name, String type, EngineValue value, String member) {
        return member(
                Character.toUpperCase(type.charAt(0)) + type.substring(1) + "Options." + member,
                name,
                Set.of(SCALAR),
                (node, into, scope) -> value.read(node, scope).ifPresent(data -> into.put(type, member, data)));
    }

    private static void propagation(Node node, MountDraft into, Scope scope) {
        Fields.text(node, scope).ifPresent(text -> {
            if (PROPAGATIONS.contains(text)) {
                into.put("bind", "Propagation", new Data.Text(text));
            } else {
                scope.report()
                        .error(node.at(), "'" + text + "' is not a propagation", Nearest.remedy(text, PROPAGATIONS));
            }
        });
    }

    private static void recursive(Node node, MountDraft into, Scope scope) {
        var yes = new Data.Truth(true);
        Fields.text(node, scope).ifPresent(text -> {
            switch (text) {
                case "enabled" -> {}
                case "disabled" -> into.put("bind", "NonRecursive", yes);
                case "writable" -> into.put("bind", "ReadOnlyNonRecursive", yes);
                case "readonly" -> {
                    scope.needs().add(node.at(), "'recursive: readonly'", new EngineApi(44));
                    into.put("bind", "ReadOnlyForceRecursive", yes);
                }
                default ->
                    scope.report()
                            .error(
                                    node.at(),
                                    "'" + text + "' is not a way to bind what lies below",
                                    "write enabled, disabled, writable or readonly");
            }
        });
    }

    private static void label(Node node, MountDraft into, Scope scope) {
        Fields.text(node, scope).ifPresent(text -> {
            into.label = text;
            if (!text.equals("z") && !text.equals("Z")) {
                scope.report()
                        .error(node.at(), "'" + text + "' is no label for SELinux", "write z if shared, or Z if not");
            }
        });
    }

    private static void mode(Node node, MountDraft into, Scope scope) {
        var bits = Modes.bits(node).filter(number -> number <= 07777);
        if (bits.isEmpty()) {
            scope.report().error(node.at(), node.kind() + " is not a mode", "write octal digits such as 0755");
            return;
        }
        var mode = new FileMode(bits.get());
        if (node instanceof Node.Scalar scalar
                && scalar.plain()
                && !scalar.text().startsWith("0")) {
            scope.report()
                    .warn(
                            node.at(),
                            node.kind() + " is a decimal number, the mode " + mode,
                            "write " + mode + ", or the mode that you mean with a leading zero");
        }
        into.put("tmpfs", "Mode", new Data.Whole(mode.bits()));
    }
}
