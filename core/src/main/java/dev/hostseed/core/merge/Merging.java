package dev.hostseed.core.merge;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;

/// Puts one document over another. A key that is tagged `!reset` stays, without a value, until [#settle]: it acts on
/// every document below.
public final class Merging {
    private final Report report;

    public Merging(Report report) {
        this.report = report;
    }

    /// `over` put over `base`, both whole documents.
    public Node.Mapping documents(Node.Mapping base, Node.Mapping over) {
        return mappings(MergeRule.ROOT, base, over);
    }

    /// `over` put over `base`, both services.
    public Node.Mapping services(Node.Mapping base, Node.Mapping over) {
        return mappings(MergeRule.ROOT.under("services").under("*"), base, over);
    }

    /// `node` without what is tagged `!reset`.
    public static Node settle(Node node) {
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
        return put(rule, OneForm.of(base, rule.how()), above, OneForm.of(over, rule.how()));
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
        report.as(Code.L08)
                .error(
                        over.at(),
                        "'" + above.key().text() + "' cannot be merged: it is " + base.kind() + " at " + base.at()
                                + ", and " + over.kind() + " here",
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
}
