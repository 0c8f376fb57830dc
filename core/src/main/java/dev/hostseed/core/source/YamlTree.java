package dev.hostseed.core.source;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.events.SequenceStartEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// Makes [Node]s of a YAML text from the parser's events, which have every mark, tag and style; a node tree from the
/// library would need its own walk for each of the rules below.
///
/// An alias stands for the finished node of its anchor, so the tree takes no more memory than the text; what it would
/// take if written out is counted and bounded.
final class YamlTree {
    static final int MAXIMUM_DEPTH = 50;
    static final int MAXIMUM_NODES = 100_000;

    private final ParserImpl events;
    private final Path file;
    private final Report report;
    private final Anchors anchors = new Anchors();

    private YamlTree(ParserImpl events, Path file, Report report) {
        this.events = events;
        this.file = file;
        this.report = report;
    }

    /// The one document of `text`, or nothing after the reason went to `report`. Other problems may be there as well.
    static Optional<Node> read(String text, Path file, Report report) {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // the text was bounded when its bytes were read
        var tree = new YamlTree(new ParserImpl(new StreamReader(text), options), file, report);
        try {
            return tree.document();
        } catch (UselessYamlException useless) {
            report.error(useless.at(), useless.what(), useless.remedy());
        } catch (MarkedYAMLException malformed) {
            YamlFaults.report(malformed, file, report);
        } catch (YAMLException malformed) {
            report.error(new Position(file, 1, 1), "not YAML: " + malformed.getMessage(), "");
        }
        return Optional.empty();
    }

    private Optional<Node> document() {
        events.getEvent(); // the stream starts
        if (events.checkEvent(Event.ID.StreamEnd)) {
            throw new UselessYamlException(
                    new Position(file, 1, 1), "an empty Compose file", "describe at least one service");
        }
        events.getEvent(); // the document starts
        var root = node(0);
        events.getEvent(); // the document ends
        if (!events.checkEvent(Event.ID.StreamEnd)) {
            report.error(
                    position(events.peekEvent().getStartMark()),
                    "a second document is not supported yet",
                    "merge it into the first one");
        }
        return Optional.of(root);
    }

    private Node node(int depth) {
        var event = events.getEvent();
        var at = position(event.getStartMark());
        if (depth > MAXIMUM_DEPTH) {
            throw new UselessYamlException(at, "nested deeper than " + MAXIMUM_DEPTH, "flatten it");
        }
        if (event instanceof AliasEvent alias) {
            return anchors.find(alias.getAnchor(), at);
        }
        var anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.begin(anchor, at);
        }
        var node = switch (event) {
            case ScalarEvent scalar -> scalar(scalar, at);
            case SequenceStartEvent start -> {
                refuseTag(start.getTag(), at);
                yield sequence(at, depth);
            }
            case MappingStartEvent start -> {
                refuseTag(start.getTag(), at);
                yield mapping(at, depth);
            }
            default -> throw new IllegalStateException("not the start of a node: " + event);
        };
        if (anchor != null) {
            anchors.finish(anchor, node);
        }
        return node;
    }

    private Node.Scalar scalar(ScalarEvent event, Position at) {
        refuseTag(event.getTag(), at);
        var text = event.getValue();
        if (text.indexOf('\0') >= 0) {
            report.lastError(at, "a text with a NUL character", "no program can take it", "remove it");
        } else if (!Passable.isUnicode(text)) {
            report.lastError(
                    at, "a text with half a character", "UTF-8 cannot write it", "write U+10000 and up as \\UXXXXXXXX");
        }
        return new Node.Scalar(at, text, event.getScalarStyle() == ScalarStyle.PLAIN);
    }

    private void refuseTag(String tag, Position at) {
        if (tag == null) {
            return;
        }
        if (tag.equals("!reset") || tag.equals("!override")) {
            report.lastError(at, "'" + tag + "' is not supported yet", "", "leave the value out of the other file");
            return;
        }
        var written = tag.startsWith("tag:yaml.org,2002:") ? "!!" + tag.substring(18) : tag;
        report.lastError(
                at, "the tag '" + written + "' has no meaning here", "", "remove it; quote what must stay text");
    }

    private Node.Sequence sequence(Position at, int depth) {
        var items = new ArrayList<Node>();
        var size = 1;
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            var item = node(depth + 1);
            size = grown(size, item);
            items.add(item);
        }
        events.getEvent();
        return new Node.Sequence(at, items, size);
    }

    private Node.Mapping mapping(Position at, int depth) {
        var entries = new LinkedHashMap<String, Node.Entry>();
        var merged = new ArrayList<Node.Mapping>();
        var size = 1;
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            var key = key(node(depth + 1));
            var value = node(depth + 1);
            size = grown(size + 1, value);
            if (key.plain() && key.text().equals("<<")) {
                merged.addAll(toMerge(value));
                continue;
            }
            var first = entries.putIfAbsent(key.text(), new Node.Entry(key, value));
            if (first != null) {
                var line = first.key().at().line();
                report.error(
                        key.at(), "'" + key.text() + "' is written twice, first at line " + line, "remove one of them");
            }
        }
        events.getEvent();
        // What is written here wins over what is merged, and an earlier merge over a later one.
        merged.forEach(m -> m.entries().forEach(e -> entries.putIfAbsent(e.key().text(), e)));
        return new Node.Mapping(at, List.copyOf(entries.values()), size);
    }

    private Node.Scalar key(Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            throw new UselessYamlException(
                    node.at(), node.kind() + " cannot be a key", "write a name; quote what starts with { or [");
        }
        if (scalar.isNull()) {
            report.error(scalar.at(), "a key without a name", "write one before the colon");
        }
        if (Invisible.in(scalar.text())) {
            report.error(scalar.at(), "a key with invisible characters", "type it anew");
        }
        return scalar;
    }

    private List<Node.Mapping> toMerge(Node value) {
        var sources = value instanceof Node.Sequence(var ignored, var items, var size) ? items : List.of(value);
        var mappings = new ArrayList<Node.Mapping>();
        for (var source : sources) {
            if (source instanceof Node.Mapping mapping) {
                mappings.add(mapping);
            } else {
                report.error(
                        source.at(), "'<<' takes a mapping, not " + source.kind(), "refer to the anchor of a mapping");
            }
        }
        return mappings;
    }

    private static int grown(int size, Node by) {
        if (size + by.size() > MAXIMUM_NODES) {
            throw new UselessYamlException(
                    by.at(), "more than " + MAXIMUM_NODES + " values, with what aliases repeat", "use fewer of them");
        }
        return size + by.size();
    }

    private Position position(Mark mark) {
        return YamlFaults.position(mark, file);
    }
}
