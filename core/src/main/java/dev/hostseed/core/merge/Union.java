package dev.hostseed.core.merge;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Node;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.stream.IntStream;

/// What a document has, and what it includes. Both may describe the same thing, but not in different ways.
///
/// Rule: Compose Specification, "include".
public final class Union {
    private static final Set<String> SECTIONS =
            Set.of("services", "networks", "volumes", "secrets", "configs", "models");

    private final Node.Mapping document;
    private final Report report;

    public Union(Node.Mapping document, Report report) {
        this.document = document;
        this.report = report;
    }

    public Node.Mapping with(Node.Mapping included) {
        var sections = new LinkedHashMap<String, Node.Entry>();
        document.entries().forEach(e -> sections.put(e.key().text(), e));
        for (var section : included.entries()) {
            var name = section.key().text();
            if (SECTIONS.contains(name)) {
                sections.merge(name, section, this::both);
            } else if (name.equals("x-host")) {
                report.as(Code.L07)
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
                report.as(Code.L08)
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

    /// Whether two values say the same, wherever they stand.
    private static boolean same(Node one, Node other) {
        return switch (one) {
            case Node.Scalar(var at, var text, var plain) ->
                other instanceof Node.Scalar scalar && scalar.text().equals(text) && scalar.plain() == plain;
            case Node.Sequence list ->
                other instanceof Node.Sequence others
                        && list.items().size() == others.items().size()
                        && IntStream.range(0, list.items().size())
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
}
