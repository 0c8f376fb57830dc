package dev.hostseed.cloudinit.iso;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// The primary tree: names of level 1 (eight characters, three after the dot), the true ones beside them as Rock Ridge.
///
/// Rule: ECMA-119, 7.5, 7.6 and 10.1.
final class LevelOne implements Naming {
    private static final int BASE = 8;
    private static final int EXTENSION = 3;

    @Override
    public Map<IsoNode, Identifier> identifiers(IsoNode.Directory directory) {
        var identifiers = new IdentityHashMap<IsoNode, Identifier>();
        var taken = new HashSet<String>();
        var numbers = new HashMap<String, Integer>();
        for (var node : directory.nodes()) {
            var name = unique(mangled(node), taken, numbers);
            var bytes = (node instanceof IsoNode.Directory ? name : name + ";1").getBytes(StandardCharsets.US_ASCII);
            identifiers.put(node, new Identifier(name, bytes));
        }
        return identifiers;
    }

    @Override
    public List<byte[]> systemUse(IsoNode node) {
        var entries = new ArrayList<byte[]>();
        entries.add(RockRidge.attributes(node));
        entries.add(RockRidge.times());
        entries.addAll(RockRidge.name(node.name()));
        if (node instanceof IsoNode.Link(var name, var target)) {
            entries.addAll(RockRidge.link(target));
        }
        return entries;
    }

    @Override
    public List<byte[]> systemUseOfSelf(IsoNode.Directory directory, boolean root) {
        return root
                ? List.of(
                        RockRidge.indicator(),
                        RockRidge.attributes(directory),
                        RockRidge.times(),
                        RockRidge.reference())
                : List.of(RockRidge.attributes(directory), RockRidge.times());
    }

    private static String mangled(IsoNode node) {
        var name = node.name();
        var dot = node instanceof IsoNode.Directory ? -1 : name.lastIndexOf('.');
        var base = dot <= 0 ? name : name.substring(0, dot);
        var extension = dot <= 0 ? "" : name.substring(dot + 1);
        var short8 = cut(base, BASE);
        return node instanceof IsoNode.Directory ? short8 : short8 + "." + cut(extension, EXTENSION);
    }

    private static String cut(String part, int length) {
        var cut = new StringBuilder();
        part.toUpperCase(Locale.ROOT)
                .codePoints()
                .limit(length)
                .forEach(c -> cut.append(c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' ? (char) c : '_'));
        return cut.toString();
    }

    /// `name`, or if that is taken its begin with `_000`, `_001` and so on.
    private static String unique(String name, Set<String> taken, Map<String, Integer> numbers) {
        var unique = name;
        while (!taken.add(unique)) {
            var number = "_%03d".formatted(numbers.merge(name, 1, Integer::sum) - 1);
            var dot = name.indexOf('.');
            var base = dot < 0 ? name : name.substring(0, dot);
            unique = base.substring(0, Math.min(base.length(), BASE - number.length()))
                    + number
                    + (dot < 0 ? "" : name.substring(dot));
        }
        return unique;
    }
}
