package dev.hostseed.core.merge;

import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;

/// The one of the forms that a key may take in which two of its values can be put over each other.
public final class OneForm {
    private OneForm() {}

    /// A whole document with every value in that form.
    public static Node.Mapping ofDocument(Node.Mapping document) {
        return (Node.Mapping) below(document, MergeRule.ROOT);
    }

    private static Node below(Node node, MergeRule rule) {
        return of(node, rule.how()) instanceof Node.Mapping mapping
                ? mapping.with(
                        entry -> below(entry.value(), rule.under(entry.key().text())))
                : of(node, rule.how());
    }

    /// `node` in that form; itself if it has none of the key's forms, which its reader will refuse.
    static Node of(Node node, MergeRule.How how) {
        return switch (how) {
            case PAIRS -> pairs(node);
            case TEXTS -> list(node);
            case HOSTS -> hosts(node);
            case NAMES -> named(node, name -> new Node.Scalar(name.at(), "", true));
            case DEPENDENCIES -> named(node, OneForm::started);
            case BUILD -> build(node);
            case ANY, REPLACE, LOGGING, SUBNETS -> node;
        };
    }

    /// `NAME=value` by name.
    public static Node pairs(Node node) {
        return node instanceof Node.Sequence list
                ? entries(list, item -> {
                    var equals = item.text().indexOf('=');
                    return equals < 0
                            ? new Node.Entry(item, new Node.Scalar(item.at(), "", true))
                            : new Node.Entry(
                                    new Node.Scalar(item.at(), item.text().substring(0, equals), false),
                                    new Node.Scalar(item.at(), item.text().substring(equals + 1), false));
                })
                : node;
    }

    private static Node list(Node node) {
        return node instanceof Node.Scalar scalar ? Node.Sequence.of(scalar.at(), List.of(scalar)) : node;
    }

    /// `name=address` as a list, by name.
    public static Node hosts(Node node) {
        if (!(node instanceof Node.Mapping mapping)) {
            return node;
        }
        var hosts = new ArrayList<Node>();
        for (var entry : byName(mapping)) {
            var addresses = entry.value() instanceof Node.Sequence(var at, var items, var size)
                    ? items
                    : List.of(entry.value());
            for (var address : addresses) {
                hosts.add(
                        address instanceof Node.Scalar(var at, var text, var plain)
                                ? new Node.Scalar(at, entry.key().text() + "=" + text, false)
                                : address);
            }
        }
        return Node.Sequence.of(mapping.at(), hosts);
    }

    private static List<Node.Entry> byName(Node.Mapping mapping) {
        return mapping.entries().stream()
                .sorted(Comparator.comparing(e -> e.key().text()))
                .toList();
    }

    private static Node named(Node node, Function<Node.Scalar, Node> alone) {
        return node instanceof Node.Sequence list
                ? entries(list, name -> new Node.Entry(name, alone.apply(name)))
                : node;
    }

    /// A mapping of a list of texts; the list itself if it holds anything else.
    private static Node entries(Node.Sequence list, Function<Node.Scalar, Node.Entry> entry) {
        var entries = new LinkedHashMap<String, Node.Entry>();
        for (var item : list.items()) {
            if (!(item instanceof Node.Scalar text)) {
                return list;
            }
            var made = entry.apply(text);
            entries.put(made.key().text(), made);
        }
        return Node.Mapping.of(list.at(), entries.values());
    }

    private static Node started(Node.Scalar name) {
        return Node.Mapping.of(
                name.at(),
                List.of(entry("condition", "service_started", name.at()), entry("required", "true", name.at())));
    }

    private static Node build(Node node) {
        return node instanceof Node.Scalar(var at, var text, var plain)
                ? Node.Mapping.of(at, List.of(entry("context", text, at)))
                : node;
    }

    private static Node.Entry entry(String key, String value, Position at) {
        return new Node.Entry(new Node.Scalar(at, key, true), new Node.Scalar(at, value, true));
    }
}
