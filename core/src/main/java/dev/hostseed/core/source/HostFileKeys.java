package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.Machine.HostFile;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.notation.Digits;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.SourceText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `x-host.files`.
final class HostFileKeys {
    static final Keys<Draft> KEYS = Keys.<Draft>of(
            scalar("path", (node, into, scope) -> into.path = Fields.target(node, scope)),
            scalar("content", (node, into, scope) -> {
                into.given.add("content");
                into.content = Fields.text(node, scope).map(Bytes::of);
            }),
            scalar("source", (node, into, scope) -> {
                into.given.add("source");
                into.content = bytes(node, scope);
            }),
            scalar("template", (node, into, scope) -> {
                into.given.add("template");
                into.template = Optional.of(node);
            }),
            mapping("values", (node, into, scope) -> into.values = Optional.of(node)),
            scalar(
                    "mode",
                    (node, into, scope) -> Fields.made(
                                    node, scope.as(Code.P05), "write octal digits such as 0644", HostFileKeys::mode)
                            .ifPresent(mode -> into.mode = mode)),
            scalar("owner", HostFileKeys::owner));

    private HostFileKeys() {}

    static final class Draft {
        Optional<TargetPath> path = Optional.empty();
        Optional<Bytes> content = Optional.empty();
        Optional<Node> template = Optional.empty();
        Optional<Node> values = Optional.empty();
        final List<String> given = new ArrayList<>();
        FileMode mode = FileMode.READABLE;
        String owner = "root:root";
    }

    static void read(Node node, MachineDraft into, Scope scope) {
        if (node instanceof Node.Sequence list) {
            list.items().forEach(item -> one(item, into, scope));
        }
    }

    private static void one(Node item, MachineDraft into, Scope scope) {
        var draft = new Draft();
        KEYS.read(item, draft, scope);
        if (!(item instanceof Node.Mapping keys)) {
            return;
        }
        if (draft.given.size() != 1) {
            scope.report()
                    .error(item.at(), "a file takes its content from one place", "write content, source or template");
        }
        if (draft.values.isPresent() && draft.template.isEmpty()) {
            scope.report().error(item.at(), "'values' without 'template'", "write both");
        }
        if (keys.find("path").isEmpty()) {
            scope.report().error(item.at(), "a file without a path", "write 'path'");
        }
        draft.template.ifPresent(template -> draft.content = filled(template, draft, scope));
        draft.path.ifPresent(path -> {
            if (into.files.stream().anyMatch(f -> f.path().equals(path))) {
                scope.report().error(item.at(), "a second file at '" + path + "'", "remove one of them");
            }
            draft.content.ifPresent(bytes -> into.files.add(new HostFile(path, bytes, draft.mode, draft.owner)));
        });
    }

    private static Optional<Bytes> filled(Node template, Draft draft, Scope scope) {
        var values = draft.values
                .filter(v -> v instanceof Node.Mapping)
                .map(v -> (Node.Mapping) v)
                .orElseGet(() -> new Node.Mapping(template.at(), List.of(), 1));
        return bytes(template, scope)
                .flatMap(text -> Fields.made(
                        text.utf8(),
                        template.at(),
                        scope,
                        "correct the template, or give the value",
                        t -> Bytes.of(Mustaches.fill(t, values))));
    }

    private static Optional<Bytes> bytes(Node node, Scope scope) {
        return Fields.made(node, scope, "name a file of the project of at most 1 MiB", path -> {
            var file = scope.directory().resolve(path);
            try {
                if (!Files.isRegularFile(file) || Files.size(file) > SourceText.MAXIMUM_BYTES) {
                    throw new IllegalArgumentException("'" + path + "' is not a file of at most 1 MiB");
                }
                if (!scope.directory().holds(path)) {
                    scope.report()
                            .as(Code.Y23)
                            .warn(node.at(), "'" + path + "' is not of this project; it travels", "copy it here");
                }
                return Bytes.of(Files.readAllBytes(file));
            } catch (IOException unreadable) {
                throw new IllegalArgumentException("'" + path + "' cannot be read", unreadable);
            }
        });
    }

    private static FileMode mode(String text) {
        var digits = text.startsWith("0o") ? text.substring(2) : text;
        if (digits.isEmpty() || digits.length() > 5 || !digits.chars().allMatch(c -> c >= '0' && c <= '7')) {
            throw new IllegalArgumentException("'" + text + "' is not a mode");
        }
        return new FileMode(Integer.parseInt(digits, 8));
    }

    private static void owner(Node node, Draft into, Scope scope) {
        Fields.text(node, scope).ifPresent(text -> {
            var colon = text.indexOf(':');
            var user = colon < 0 ? text : text.substring(0, colon);
            var group = colon < 0 ? text : text.substring(colon + 1);
            if (isOwner(user) && isOwner(group)) {
                into.owner = user + ":" + group;
            } else {
                scope.report().error(node.at(), "'" + text + "' is not an owner", "write user:group");
            }
        });
    }

    private static boolean isOwner(String text) {
        return UserKeys.isName(text) || Digits.number(text) >= 0;
    }
}
