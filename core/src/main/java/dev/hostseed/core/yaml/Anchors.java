package dev.hostseed.core.yaml;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import java.util.HashMap;
import java.util.Map;

/// The anchors of one document: a later one of the same name takes over, as YAML has it.
final class Anchors {
    private final Map<String, YamlTree.Tagged> finished = new HashMap<>();
    private final Map<String, Position> begun = new HashMap<>();

    /// @param at where the node of the anchor starts
    void begin(String anchor, Position at) {
        finished.remove(anchor);
        begun.put(anchor, at);
    }

    void finish(String anchor, YamlTree.Tagged node) {
        begun.remove(anchor);
        finished.put(anchor, node);
    }

    /// @throws UselessYamlException if nothing, or nothing finished, has the anchor
    YamlTree.Tagged find(String anchor, Position at) {
        var node = finished.get(anchor);
        if (node != null) {
            return node;
        }
        var start = begun.get(anchor);
        throw start == null
                ? new UselessYamlException(
                        Code.Y05, at, "'*" + anchor + "' refers to no anchor above it", "write &" + anchor + " first")
                : new UselessYamlException(
                        Code.Y05,
                        at,
                        "'*" + anchor + "' refers to the node that holds it, which starts at line " + start.line()
                                + ", column " + start.column(),
                        "refer to a finished node");
    }
}
