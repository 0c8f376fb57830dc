package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.yaml.Node;
import java.util.Map;

/// `environment` and `env_file` of a service.
final class EnvironmentKeys {
    static final Keys<FileDraft> FILE_KEYS = Keys.<FileDraft>of(
            scalar("path", EnvironmentKeys::path),
            scalar("required", (node, into, scope) -> Fields.flag(node, scope)),
            scalar("format", EnvironmentKeys::format));

    private EnvironmentKeys() {}

    static final class FileDraft {
        boolean named;
    }

    static void environment(Node node, ServiceDraft into, Scope scope) {
        environment(node, into.environment, scope);
    }

    static void environment(Node node, Map<String, String> into, Scope scope) {
        Fields.pairs(node, scope).forEach((name, value) -> {
            if (name.isEmpty() || name.indexOf('=') >= 0) {
                scope.report().error(value.at(), "'" + name + "' is not the name of a variable", "write NAME=value");
                return;
            }
            value.value()
                    .ifPresentOrElse(
                            text -> {
                                Passable.asArgument(
                                        name + "=" + text, "the variable '" + name + "'", value.at(), scope);
                                into.put(name, text);
                            },
                            () -> scope.report()
                                    .warn(
                                            value.at(),
                                            name + " has no value and is not set, ignoring",
                                            "set it or write a value"));
        });
    }

    /// What the files say is under `environment`.
    static void files(Node node, ServiceDraft into, Scope scope) {
        if (!(node instanceof Node.Sequence list)) {
            return;
        }
        for (var item : list.items()) {
            var draft = new FileDraft();
            FILE_KEYS.read(item, draft, scope);
            if (!draft.named && item instanceof Node.Mapping) {
                scope.report().error(item.at(), "an env_file without 'path'", "write one");
            }
        }
    }

    private static void path(Node node, FileDraft into, Scope scope) {
        into.named = true;
        NamedFile.of(node, scope).ifPresent(file -> file.warnIfElsewhere(node, scope));
    }

    private static void format(Node node, FileDraft into, Scope scope) {
        Fields.text(node, scope)
                .filter(text -> !text.equals("raw") && !text.equals("default"))
                .ifPresent(text -> scope.report()
                        .error(node.at(), "'" + text + "' is not a format", "write raw, or leave it out"));
    }
}
