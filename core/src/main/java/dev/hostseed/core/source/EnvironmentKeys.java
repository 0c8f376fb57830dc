package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.problem.Located;
import dev.hostseed.core.variables.Dotenv;
import dev.hostseed.core.variables.RawEnvironment;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.SourceText;
import java.nio.file.Files;
import java.util.Map;

/// `environment` and `env_file` of a service.
final class EnvironmentKeys {
    private static final Keys<FileDraft> FILE_KEYS = Keys.<FileDraft>of(
            scalar("path", (node, into, scope) -> into.path = node),
            scalar("required", (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.required = f)),
            scalar("format", EnvironmentKeys::format));

    private EnvironmentKeys() {}

    private static final class FileDraft {
        Node path;
        boolean required = true;
        boolean raw;

        /// @param path or what stands in its place
        FileDraft(Node path) {
            this.path = path;
        }
    }

    static void environment(Node node, ServiceDraft into, Scope scope) {
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
                                into.environment.put(name, text);
                            },
                            () -> inherit(name, value, into, scope));
        });
    }

    private static void inherit(String name, Located<?> value, ServiceDraft into, Scope scope) {
        var known = scope.variables().get(name);
        if (known != null) {
            into.environment.put(name, known);
        } else {
            into.dropped.add(name);
            scope.report().warn(value.at(), name + " has no value and is not set, ignoring", "set it or write a value");
        }
    }

    static void files(Node node, ServiceDraft into, Scope scope) {
        if (!(node instanceof Node.Sequence list)) {
            read(new FileDraft(node), into, scope);
            return;
        }
        for (var item : list.items()) {
            var draft = new FileDraft(item);
            if (item instanceof Node.Mapping) {
                FILE_KEYS.read(item, draft, scope);
                if (draft.path == item) {
                    scope.report().error(item.at(), "an env_file without 'path'", "write one");
                    continue;
                }
            }
            read(draft, into, scope);
        }
    }

    private static void format(Node node, FileDraft into, Scope scope) {
        Fields.text(node, scope).ifPresent(text -> {
            into.raw = text.equals("raw");
            if (!into.raw && !text.equals("default")) {
                scope.report().error(node.at(), "'" + text + "' is not a format", "write raw, or leave it out");
            }
        });
    }

    private static void read(FileDraft draft, ServiceDraft into, Scope scope) {
        var at = draft.path.at();
        Fields.made(draft.path, scope, "write a path", scope.directory()::resolve)
                .ifPresent(file -> {
                    if (!draft.required && !Files.exists(file)) {
                        return;
                    }
                    var path = Fields.text(draft.path, scope).orElse("");
                    if (path.startsWith("/") || !scope.directory().holds(path)) {
                        scope.report()
                                .warn(
                                        at,
                                        "'" + path + "' is not of this project; its values travel with it",
                                        "copy it here");
                    }
                    SourceText.read(file, at, scope.report()).ifPresent(text -> {
                        Map<String, String> values = draft.raw
                                ? RawEnvironment.read(text, file, scope.variables(), scope.report())
                                : Dotenv.read(text, file, scope.variables(), scope.report());
                        values.forEach((name, value) ->
                                Passable.asArgument(name + "=" + value, "the variable '" + name + "'", at, scope));
                        into.fileEnvironment.putAll(values);
                    });
                });
    }
}
