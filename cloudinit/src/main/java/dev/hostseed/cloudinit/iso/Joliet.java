package dev.hostseed.cloudinit.iso;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The supplementary tree: names of up to 64 characters in UCS-2. What Joliet does not allow in a name becomes `_`.
///
/// A longer name is cut, and ends in `~` and a number that makes it unique; numbers go up in the order of the true
/// names. Linux reads those in the tree with Rock Ridge: the cut ones are for readers that know Joliet alone.
final class Joliet implements Naming {
    private static final int LONGEST = 64;
    private static final String FORBIDDEN = "*/:;?\\";

    @Override
    public Map<IsoNode, Identifier> identifiers(IsoNode.Directory directory) throws UnfitForIsoException {
        var identifiers = new IdentityHashMap<IsoNode, Identifier>();
        var taken = new HashMap<String, String>();
        var tooLong = new ArrayList<IsoNode>();
        for (var node : directory.nodes()) {
            var name = allowed(node.name());
            if (name.length() > LONGEST) {
                tooLong.add(node);
                continue;
            }
            var other = taken.putIfAbsent(name, node.name());
            if (other != null) {
                throw new UnfitForIsoException(
                        "'%s' and '%s' have one name on the medium".formatted(other, node.name()));
            }
            identifiers.put(node, identifier(name));
        }
        var numbers = new HashMap<String, Integer>();
        tooLong.forEach(node -> identifiers.put(node, identifier(cut(node.name(), taken, numbers))));
        return identifiers;
    }

    /// @param numbers the last one, by what names begin with
    private static String cut(String name, Map<String, String> taken, Map<String, Integer> numbers) {
        var allowed = allowed(name);
        var begin = begin(allowed, LONGEST / 2);
        while (true) {
            var end = "~" + numbers.merge(begin, 1, Integer::sum);
            var cut = begin(allowed, LONGEST - end.length()) + end;
            if (taken.putIfAbsent(cut, name) == null) {
                return cut;
            }
        }
    }

    /// At most `length` characters, and no half of one that takes two.
    private static String begin(String name, int length) {
        return name.substring(0, Character.isHighSurrogate(name.charAt(length - 1)) ? length - 1 : length);
    }

    private static Identifier identifier(String name) {
        return new Identifier(name, name.getBytes(StandardCharsets.UTF_16BE));
    }

    @Override
    public List<byte[]> systemUse(IsoNode node) {
        return List.of();
    }

    @Override
    public List<byte[]> systemUseOfSelf(IsoNode.Directory directory, boolean root) {
        return List.of();
    }

    private static String allowed(String name) {
        var allowed = new StringBuilder();
        name.chars().forEach(c -> allowed.append(c < ' ' || FORBIDDEN.indexOf(c) >= 0 ? '_' : (char) c));
        return allowed.toString();
    }
}
