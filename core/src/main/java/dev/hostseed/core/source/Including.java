package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Adds what other Compose files describe, each read as a project of its own, with its own directory and `.env`.
///
/// Rule: Compose Specification, "include".
final class Including {
    private static final Set<String> SECTIONS =
            Set.of("services", "networks", "volumes", "secrets", "configs", "models");

    private static final Keys<Wanted> KEYS = Keys.<Wanted>of(
            of(
                    "path",
                    Set.of(Key.Shape.SCALAR, Key.Shape.LIST),
                    (node, into, scope) -> into.paths = texts(node, scope)),
            scalar("project_directory", (node, into, scope) -> into.directory = Fields.text(node, scope)),
            of(
                    "env_file",
                    Set.of(Key.Shape.SCALAR, Key.Shape.LIST),
                    (node, into, scope) -> into.environmentFiles = texts(node, scope)));

    private final Scope scope;
    private final List<Path> chain;

    /// @param chain the files that are being read, each included by the one before
    Including(Scope scope, List<Path> chain) {
        this.scope = scope;
        this.chain = chain;
    }

    private static final class Wanted {
        List<String> paths = List.of();
        Optional<String> directory = Optional.empty();
        List<String> environmentFiles = List.of();
    }

    private static List<String> texts(Node node, Scope scope) {
        return node instanceof Node.Sequence list
                ? Fields.texts(list, true, scope)
                : Fields.text(node, scope).stream().toList();
    }

    /// `document` with what it includes, and without `include`.
    Node.Mapping resolve(Node.Mapping document) {
        var include = document.find("include");
        if (include.isEmpty()) {
            return document;
        }
        var whole = document.without("include");
        if (include.get() instanceof Node.Sequence list) {
            for (var item : list.items()) {
                whole = included(item).map(new Union(whole)::with).orElse(whole);
            }
        } else if (!(include.get() instanceof Node.Scalar scalar && scalar.isNull())) {
            scope.report()
                    .error(
                            include.get().at(),
                            "expected a list, found " + include.get().kind(),
                            "write - before it");
        }
        return whole;
    }

    private Optional<Node.Mapping> included(Node item) {
        var wanted = new Wanted();
        if (item instanceof Node.Scalar) {
            wanted.paths = texts(item, scope);
        } else {
            KEYS.read(item, wanted, scope);
        }
        try {
            var files = resolved(wanted.paths);
            if (files.isEmpty()) {
                scope.report().error(item.at(), "'include' without a path", "write 'path'");
                return Optional.empty();
            }
            return refusesCycle(files, item.at()) ? Optional.empty() : read(files, wanted, item.at());
        } catch (IllegalArgumentException bad) {
            scope.report().error(item.at(), String.valueOf(bad.getMessage()), "write a path");
            return Optional.empty();
        }
    }

    private List<Path> resolved(List<String> paths) {
        return paths.stream().map(scope.directory()::resolve).toList();
    }

    private boolean refusesCycle(List<Path> files, Position at) {
        for (var file : files) {
            var known = chain.stream().map(Path::normalize).toList().indexOf(file.normalize());
            if (known >= 0) {
                var cycle = chain.subList(known, chain.size()).stream()
                        .map(Path::toString)
                        .collect(Collectors.joining(" → "));
                scope.report()
                        .error(at, "files include each other: " + cycle + " → " + file, "remove one of the includes");
                return true;
            }
        }
        return false;
    }

    private Optional<Node.Mapping> read(List<Path> files, Wanted wanted, Position at) {
        var directory = wanted.directory
                .map(scope.directory()::resolve)
                .orElseGet(() -> files.getFirst().resolveSibling(""));
        var variables = new TreeMap<>(environment(directory, wanted, at));
        variables.putAll(scope.variables());
        var inner = new Scope(
                scope.report(), new ProjectDirectory(directory), variables, scope.project(), scope.profiles());
        var longer = new ArrayList<>(chain);
        longer.addAll(files);
        var documents = files.stream()
                .flatMap(file -> YamlDocument.of(file, at, scope.report()).stream())
                .toList();
        return new Composition(inner)
                .of(documents, new Including(inner, longer))
                .map(document -> rebased(
                        document,
                        RelativePaths.from(directory, scope.directory().path())));
    }

    private Map<String, String> environment(Path directory, Wanted wanted, Position at) {
        var beside = directory.resolve(".env");
        if (!wanted.environmentFiles.isEmpty()) {
            return EnvironmentFiles.read(resolved(wanted.environmentFiles), at, scope.variables(), scope.report());
        }
        return Files.exists(beside)
                ? EnvironmentFiles.read(List.of(beside), at, scope.variables(), scope.report())
                : Map.of();
    }

    private static Node.Mapping rebased(Node.Mapping document, RelativePaths paths) {
        return Node.Mapping.of(
                document.at(),
                document.entries().stream()
                        .map(section -> new Node.Entry(
                                section.key(), rebased(section.key().text(), section.value(), paths)))
                        .toList());
    }

    private static Node rebased(String section, Node node, RelativePaths paths) {
        if (section.equals("services") && node instanceof Node.Mapping services) {
            return Node.Mapping.of(
                    services.at(),
                    services.entries().stream()
                            .map(e -> new Node.Entry(
                                    e.key(),
                                    e.value() instanceof Node.Mapping service ? paths.ofService(service) : e.value()))
                            .toList());
        }
        return section.equals("secrets") || section.equals("configs") ? paths.ofFiles(node) : node;
    }

    /// What a document has, and what it includes. Both may describe the same thing, but not in different ways.
    private final class Union {
        private final Node.Mapping document;

        Union(Node.Mapping document) {
            this.document = document;
        }

        Node.Mapping with(Node.Mapping included) {
            var sections = new LinkedHashMap<String, Node.Entry>();
            document.entries().forEach(e -> sections.put(e.key().text(), e));
            for (var section : included.entries()) {
                var name = section.key().text();
                if (SECTIONS.contains(name)) {
                    sections.merge(name, section, this::both);
                } else if (name.equals("x-host")) {
                    scope.report()
                            .warn(
                                    section.key().at(),
                                    "'x-host' of an included file has no effect",
                                    "a host is described by the file that includes",
                                    "move it there");
                }
            }
            return Node.Mapping.of(document.at(), sections.values());
        }

        private Node.Entry both(Node.Entry own, Node.Entry included) {
            if (!(own.value() instanceof Node.Mapping mine && included.value() instanceof Node.Mapping theirs)) {
                return own.value() instanceof Node.Mapping ? own : included;
            }
            var entries = new LinkedHashMap<String, Node.Entry>();
            mine.entries().forEach(e -> entries.put(e.key().text(), e));
            for (var entry : theirs.entries()) {
                var known = entries.putIfAbsent(entry.key().text(), entry);
                if (known != null && !same(known.value(), entry.value())) {
                    scope.report()
                            .error(
                                    entry.key().at(),
                                    "'" + own.key().text() + "." + entry.key().text() + "' is described otherwise at "
                                            + known.key().at(),
                                    "what is included cannot be changed by the file that includes it",
                                    "rename one of them, or change it in an override file under 'path'");
                }
            }
            return new Node.Entry(own.key(), Node.Mapping.of(mine.at(), entries.values()), own.tag());
        }
    }

    private static boolean same(Node one, Node other) {
        return switch (one) {
            case Node.Scalar(var at, var text, var plain) ->
                other instanceof Node.Scalar scalar && scalar.text().equals(text) && scalar.plain() == plain;
            case Node.Sequence list ->
                other instanceof Node.Sequence others
                        && list.items().size() == others.items().size()
                        && range(list)
                                .allMatch(i ->
                                        same(list.items().get(i), others.items().get(i)));
            case Node.Mapping mapping ->
                other instanceof Node.Mapping others
                        && mapping.entries().size() == others.entries().size()
                        && mapping.entries().stream()
                                .allMatch(e -> others.find(e.key().text())
                                        .filter(value -> same(e.value(), value))
                                        .isPresent());
        };
    }

    private static IntStream range(Node.Sequence list) {
        return IntStream.range(0, list.items().size());
    }
}
