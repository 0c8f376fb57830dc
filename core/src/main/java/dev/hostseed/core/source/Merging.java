package dev.hostseed.core.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// Puts one document over another. A key that is tagged `!reset` stays, without a value, until [#settle]: it acts on
/// every document below.
final class Merging {
    private final Report report;

    Merging(Report report) {
        this.report = report;
    }

    /// `over` put over `base`, both whole documents.
    Node.Mapping documents(Node.Mapping base, Node.Mapping over) {
        return mappings(MergeRule.ROOT, base, over);
    }

    /// `over` put over `base`, both services.
    Node.Mapping services(Node.Mapping base, Node.Mapping over) {
        return mappings(MergeRule.ROOT.under("services").under("*"), base, over);
    }

    /// `node` without what is tagged `!reset`.
    static Node settle(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar;
            case Node.Sequence(var at, var items, var ignored) ->
                Node.Sequence.of(at, items.stream().map(Merging::settle).toList());
            case Node.Mapping(var at, var entries, var ignored) ->
                Node.Mapping.of(
                        at,
                        entries.stream()
                                .filter(e -> e.tag() != Node.Tag.RESET)
                                .map(e -> new Node.Entry(e.key(), settle(e.value())))
                                .toList());
        };
    }

    private Node.Mapping mappings(MergeRule rule, Node.Mapping base, Node.Mapping over) {
        var merged = new LinkedHashMap<String, Node.Entry>();
        base.entries().forEach(e -> merged.put(e.key().text(), e));
        for (var entry : over.entries()) {
            merged.merge(entry.key().text(), entry, (below, above) -> entry(rule, below, above));
        }
        return Node.Mapping.of(over.at(), merged.values());
    }

    private Node.Entry entry(MergeRule rule, Node.Entry below, Node.Entry above) {
        if (above.tag() != Node.Tag.NONE || below.tag() == Node.Tag.RESET) {
            return above;
        }
        var merged = merge(rule.under(above.key().text()), below.value(), above);
        return new Node.Entry(merged == above.value() ? above.key() : below.key(), merged, below.tag());
    }

    private Node merge(MergeRule rule, Node base, Node.Entry above) {
        var over = above.value();
        if (rule.how() == MergeRule.How.REPLACE) {
            return over;
        }
        if (isNull(over)) {
            return base;
        }
        var form = form(rule.how());
        return put(rule, form.apply(base), above, form.apply(over));
    }

    /// What makes of each form that a key takes the one in which two of them can be merged.
    private static UnaryOperator<Node> form(MergeRule.How how) {
        return switch (how) {
            case PAIRS -> Merging::pairs;
            case TEXTS -> Merging::list;
            case HOSTS -> Merging::hosts;
            case NAMES -> node -> named(node, name -> new Node.Scalar(name.at(), "", true));
            case DEPENDENCIES -> node -> named(node, Merging::started);
            case BUILD -> Merging::build;
            case ANY, REPLACE, LOGGING, SUBNETS -> node -> node;
        };
    }

    private Node put(MergeRule rule, Node base, Node.Entry above, Node over) {
        if (base instanceof Node.Scalar) {
            return over;
        }
        if (base instanceof Node.Mapping below && over instanceof Node.Mapping mapping) {
            return rule.how() == MergeRule.How.LOGGING && !sameDriver(below, mapping)
                    ? mapping
                    : mappings(rule, below, mapping);
        }
        if (base instanceof Node.Sequence below && over instanceof Node.Sequence list) {
            return rule.how() == MergeRule.How.SUBNETS ? subnets(below, list) : lists(rule.identity(), below, list);
        }
        report.error(
                over.at(),
                "'" + above.key().text() + "' cannot be merged: it is " + base.kind() + " at " + base.at() + ", and "
                        + over.kind() + " here",
                "write both in one form, or tag this one with !override");
        return base;
    }

    private static Node.Sequence lists(ItemIdentity identity, Node.Sequence base, Node.Sequence over) {
        var items = new ArrayList<Node>();
        var places = new HashMap<String, Integer>();
        for (var list : List.of(base, over)) {
            for (var item : list.items()) {
                var known = identity.of(item).map(same -> places.putIfAbsent(same, items.size()));
                if (known.isPresent()) {
                    items.set(known.get(), item);
                } else {
                    items.add(item);
                }
            }
        }
        return Node.Sequence.of(over.at(), items);
    }

    private Node.Sequence subnets(Node.Sequence base, Node.Sequence over) {
        var merged = new LinkedHashMap<String, Node>();
        var nameless = new ArrayList<Node>();
        for (var list : List.of(base, over)) {
            for (var item : list.items()) {
                ItemIdentity.under("subnet", item)
                        .ifPresentOrElse(
                                subnet -> merged.merge(
                                        subnet,
                                        item,
                                        (below, above) ->
                                                mappings(MergeRule.PLAIN, (Node.Mapping) below, (Node.Mapping) above)),
                                () -> nameless.add(item));
            }
        }
        nameless.addAll(0, merged.values());
        return Node.Sequence.of(over.at(), nameless);
    }

    private static boolean sameDriver(Node.Mapping one, Node.Mapping other) {
        var driver = ItemIdentity.under("driver", one);
        return driver.isEmpty() || other.find("driver").isEmpty() || driver.equals(ItemIdentity.under("driver", other));
    }

    private static boolean isNull(Node node) {
        return node instanceof Node.Scalar scalar && scalar.isNull();
    }

    private static Node pairs(Node node) {
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

    /// `name=address` as a list.
    static Node hosts(Node node) {
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

    /// A mapping of a list of texts; the list itself if it holds anything else, which its reader will refuse.
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
