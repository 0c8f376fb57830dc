package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.merge.RelativePaths;
import dev.hostseed.core.merge.Union;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.variables.EnvironmentFiles;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.YamlDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/// Adds what other Compose files describe, each read as a project of its own, with its own directory and `.env`.
///
/// Rule: Compose Specification, "include".
final class Including {
    static final Keys<Wanted> KEYS = Keys.<Wanted>of(
            of(
                    "path",
                    Set.of(Key.Shape.SCALAR, Key.Shape.LIST),
                    (node, into, scope) -> into.paths = Fields.textOrTexts(node, scope)),
            scalar("project_directory", (node, into, scope) -> into.directory = Fields.text(node, scope)),
            of(
                    "env_file",
                    Set.of(Key.Shape.SCALAR, Key.Shape.LIST),
                    (node, into, scope) -> into.environmentFiles = Fields.textOrTexts(node, scope)));

    private static final int LONGEST_CHAIN = 100;
    private static final int MOST = 1000;

    private final Scope scope;
    private final List<Path> chain;
    private final AtomicInteger count;

    /// @param files that are read, and that nothing includes
    Including(Scope scope, List<Path> files) {
        this(scope, files, new AtomicInteger());
    }

    /// @param chain the files that are being read, each included by the one before
    /// @param count how often something was included so far: files that include each other twice make many
    private Including(Scope scope, List<Path> chain, AtomicInteger count) {
        this.scope = scope;
        this.chain = chain;
        this.count = count;
    }

    static final class Wanted {
        List<String> paths = List.of();
        Optional<String> directory = Optional.empty();
        List<String> environmentFiles = List.of();
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
                whole = included(item)
                        .map(new Union(whole, scope.report())::with)
                        .orElse(whole);
            }
        } else if (!(include.get() instanceof Node.Scalar scalar && scalar.isNull())) {
            scope.report()
                    .as(Code.L01)
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
            wanted.paths = Fields.textOrTexts(item, scope);
        } else {
            KEYS.read(item, wanted, scope);
        }
        try {
            var files = resolved(wanted.paths);
            if (files.isEmpty()) {
                scope.report().as(Code.L03).error(item.at(), "'include' without a path", "write 'path'");
                return Optional.empty();
            }
            return refusesMany(item.at()) || refusesCycle(files, item.at())
                    ? Optional.empty()
                    : read(files, wanted, item.at());
        } catch (IllegalArgumentException bad) {
            scope.report().error(item.at(), String.valueOf(bad.getMessage()), "write a path");
            return Optional.empty();
        }
    }

    private List<Path> resolved(List<String> paths) {
        return paths.stream().map(scope.directory()::resolve).toList();
    }

    private boolean refusesMany(Position at) {
        if (chain.size() > LONGEST_CHAIN) {
            scope.report()
                    .error(at, "files that include each other more than " + LONGEST_CHAIN + " deep", "flatten it");
            return true;
        }
        var included = count.incrementAndGet();
        if (included == MOST + 1) {
            scope.report().error(at, "more than " + MOST + " files are included", "include each of them once");
        }
        return included > MOST;
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
                .of(documents, new Including(inner, longer, count))
                .map(document -> rebased(
                        document,
                        RelativePaths.from(directory, scope.directory().path())));
    }

    private Map<String, String> environment(Path directory, Wanted wanted, Position at) {
        var beside = directory.resolve(".env");
        var said = resolved(wanted.environmentFiles);
        var files = said.isEmpty() && Files.exists(beside) ? List.of(beside) : said;
        return EnvironmentFiles.read(files, file -> at, scope.variables(), scope.report());
    }

    private static Node.Mapping rebased(Node.Mapping document, RelativePaths paths) {
        return document.with(section -> switch (section.key().text()) {
            case "services" ->
                section.value() instanceof Node.Mapping services
                        ? services.with(
                                e -> e.value() instanceof Node.Mapping service ? paths.ofService(service) : e.value())
                        : section.value();
            case "secrets", "configs" -> paths.ofFiles(section.value());
            default -> section.value();
        });
    }
}
