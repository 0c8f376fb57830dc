package dev.hostseed.core.yaml;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Marks;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.problem.Secrecy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.CollectionStartEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.events.MappingStartEvent;
import org.yaml.snakeyaml.events.NodeEvent;
import org.yaml.snakeyaml.events.ScalarEvent;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;

/// Makes [Node]s of a YAML text from the parser's events, which have every mark, tag and style; a node tree from the
/// library would need its own walk for each of the rules below.
///
/// An alias stands for the finished node of its anchor, so the tree takes no more memory than the text; what it would
/// take if written out is counted and bounded.
public final class YamlTree {
    static final int MAXIMUM_DEPTH = 50;
    public static final int MAXIMUM_NODES = 100_000;

    private final ParserImpl events;
    private final Path file;
    private final Report report;
    private final Marks marks;
    private Anchors anchors = new Anchors(); // of one document

    private YamlTree(ParserImpl events, Path file, Report report) {
        this.events = events;
        this.file = file;
        this.report = report;
        this.marks = report.marks(file);
    }

    /// A node with the tag that stands before it or before its anchor.
    record Tagged(Node node, Node.Tag tag) {}

    /// The documents of `text`, at least one, or nothing after the reason went to `report`. Other problems may be there
    /// as well.
    public static Optional<List<Node>> read(String text, Path file, Report report) {
        var options = new LoaderOptions();
        options.setCodePointLimit(Integer.MAX_VALUE); // the text was bounded when its bytes were read
        var reader = new StreamReader(text);
        var tree = new YamlTree(new ParserImpl(reader, options), file, report);
        try {
            return Optional.of(tree.documents());
        } catch (UselessYamlException useless) {
            report.as(useless.code()).error(useless.at(), useless.what(), useless.remedy());
        } catch (MarkedYAMLException malformed) {
            YamlFaults.report(malformed, file, report.as(Code.Y10));
        } catch (NumberFormatException cutOff) { // the library's own, where the text ends in an escape
            var end = reader.getMark();
            report.as(Code.Y10)
                    .error(
                            new Position(file, end.getLine() + 1, end.getColumn() + 1),
                            "the file ends in the middle of an escape",
                            "write \\x, \\u or \\U and 2, 4 or 8 hexadecimal digits, and close the quote");
        } catch (YAMLException malformed) {
            report.as(Code.Y10).error(new Position(file, 1, 1), "not YAML: " + malformed.getMessage(), "correct it");
        }
        return Optional.empty();
    }

    private List<Node> documents() {
        events.getEvent(); // the stream starts
        if (events.checkEvent(Event.ID.StreamEnd)) {
            throw new UselessYamlException(
                    Code.Y09, new Position(file, 1, 1), "an empty Compose file", "describe at least one service");
        }
        var documents = new ArrayList<Node>();
        while (!events.checkEvent(Event.ID.StreamEnd)) {
            events.getEvent(); // the document starts
            anchors = new Anchors();
            documents.add(untagged(node(0)));
            events.getEvent(); // the document ends
        }
        marks.complete();
        return documents;
    }

    private Tagged node(int depth) {
        var event = events.getEvent();
        var at = position(event.getStartMark());
        if (depth > MAXIMUM_DEPTH) {
            throw new UselessYamlException(Code.Y17, at, "nested deeper than " + MAXIMUM_DEPTH, "flatten it");
        }
        if (event instanceof AliasEvent alias) {
            return anchors.find(alias.getAnchor(), at);
        }
        var anchor = ((NodeEvent) event).getAnchor();
        if (anchor != null) {
            anchors.begin(anchor, at);
        }
        var mark = marks.start(at.line(), at.column());
        var node = switch (event) {
            case ScalarEvent scalar -> {
                var tag = tag(scalar.getTag(), at);
                mark(mark, scalar);
                yield new Tagged(scalar(scalar, at), tag);
            }
            case CollectionStartEvent start -> {
                var tag = tag(start.getTag(), at);
                var collection = start instanceof MappingStartEvent ? mapping(at, depth) : sequence(at, depth);
                var end = events.getEvent();
                if (start.isFlow()) {
                    mark(mark, end);
                }
                yield new Tagged(collection, tag);
            }
            default -> throw new IllegalStateException("not the start of a node: " + event);
        };
        if (anchor != null) {
            anchors.finish(anchor, node);
        }
        return node;
    }

    private void mark(int mark, Event event) {
        var end = event.getEndMark();
        marks.end(mark, end.getLine() + 1, end.getColumn() + 1);
    }

    /// Where nothing can stand below, a tag has nothing to act on.
    private Node untagged(Tagged tagged) {
        if (tagged.tag() != Node.Tag.NONE) {
            report.as(Code.Y19)
                    .lastError(
                            tagged.node().at(),
                            "'!" + tagged.tag().name().toLowerCase(Locale.ROOT) + "' has no meaning here",
                            "it acts on the value of a key",
                            "write it after a key");
        }
        return tagged.node();
    }

    private Node.Scalar scalar(ScalarEvent event, Position at) {
        var text = event.getValue();
        if (text.indexOf('\0') >= 0) {
            report.as(Code.Y12).lastError(at, "a text with a NUL character", "no program can take it", "remove it");
        } else if (!SourceText.isUnicode(text)) {
            report.as(Code.U08)
                    .lastError(
                            at,
                            "a text with half a character",
                            "UTF-8 cannot write it",
                            "write U+10000 and up as \\UXXXXXXXX");
        }
        return new Node.Scalar(at, text, event.getScalarStyle() == ScalarStyle.PLAIN);
    }

    private Node.Tag tag(String tag, Position at) {
        if (tag == null) {
            return Node.Tag.NONE;
        }
        if (tag.equals("!reset")) {
            return Node.Tag.RESET;
        }
        if (tag.equals("!override")) {
            return Node.Tag.OVERRIDE;
        }
        var written = tag.startsWith("tag:yaml.org,2002:") ? "!!" + tag.substring(18) : tag;
        report.as(Code.Y19)
                .lastError(
                        at,
                        "the tag '" + written + "' has no meaning here",
                        "",
                        "remove it; quote what must stay text");
        return Node.Tag.NONE;
    }

    /// All but its end.
    private Node.Sequence sequence(Position at, int depth) {
        var items = new ArrayList<Node>();
        var size = 1;
        while (!events.checkEvent(Event.ID.SequenceEnd)) {
            var item = untagged(node(depth + 1));
            size = grown(size, item);
            items.add(item);
            if (item instanceof Node.Scalar scalar && Secrecy.isSecretPair(scalar.text())) {
                marks.concealAfterName(scalar.at());
            }
        }
        return new Node.Sequence(at, items, size);
    }

    /// All but its end.
    private Node.Mapping mapping(Position at, int depth) {
        var entries = new LinkedHashMap<String, Node.Entry>();
        var merged = new ArrayList<Node.Mapping>();
        var size = 1;
        while (!events.checkEvent(Event.ID.MappingEnd)) {
            var key = key(untagged(node(depth + 1)));
            var tagged = node(depth + 1);
            var value = tagged.node();
            size = grown(size + 1, value);
            if (value instanceof Node.Scalar scalar && Secrecy.isSecret(key.text(), scalar.text())) {
                marks.conceal(scalar.at());
            }
            if (key.plain() && key.text().equals("<<")) {
                merged.addAll(toMerge(value));
                continue;
            }
            var first = entries.putIfAbsent(key.text(), new Node.Entry(key, value, tagged.tag()));
            if (first != null) {
                var line = first.key().at().line();
                report.as(Code.Y06)
                        .error(
                                key.at(),
                                "'" + key.text() + "' is written twice, first at line " + line,
                                "remove one of them");
            }
        }
        // What is written here wins over what is merged, and an earlier merge over a later one.
        merged.forEach(m -> m.entries().forEach(e -> entries.putIfAbsent(e.key().text(), e)));
        return new Node.Mapping(at, List.copyOf(entries.values()), size);
    }

    private Node.Scalar key(Node node) {
        if (!(node instanceof Node.Scalar scalar)) {
            throw new UselessYamlException(
                    Code.Y20,
                    node.at(),
                    node.kind() + " cannot be a key",
                    "write a name; quote what starts with { or [");
        }
        if (scalar.isNull()) {
            report.as(Code.Y20).error(scalar.at(), "a key without a name", "write one before the colon");
        }
        if (Invisible.in(scalar.text())) {
            report.as(Code.Y14).error(scalar.at(), "a key with invisible characters", "type it anew");
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
                report.as(Code.L01)
                        .error(
                                source.at(),
                                "'<<' takes a mapping, not " + source.kind(),
                                "refer to the anchor of a mapping");
            }
        }
        return mappings;
    }

    private static int grown(int size, Node by) {
        if (size + by.size() > MAXIMUM_NODES) {
            throw new UselessYamlException(
                    Code.Y04,
                    by.at(),
                    "more than " + MAXIMUM_NODES + " values, with what aliases repeat",
                    "use fewer of them");
        }
        return size + by.size();
    }

    private Position position(Mark mark) {
        return YamlFaults.position(mark, file);
    }
}
