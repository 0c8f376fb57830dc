package dev.hostseed.core.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.YamlTree;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MergingTest {
    private static final Path FILE = Path.of("compose.yaml");

    @Test
    void nothing_over_a_document_and_a_document_over_nothing_are_the_document() {
        var random = new Random(1);
        for (var tries = 0; tries < 500; tries++) {
            var document = randomly(random, 4);

            assertThat(flat(merged(document, parse("{}")))).isEqualTo(flat(document));
            assertThat(flat(merged(parse("{}"), document))).isEqualTo(flat(document));
        }
    }

    @Test
    void what_is_put_over_twice_is_put_over_once() {
        var random = new Random(2);
        for (var tries = 0; tries < 500; tries++) {
            var base = randomly(random, 4);
            var over = randomly(random, 4);

            assertThat(flat(merged(merged(base, over), over))).isEqualTo(flat(merged(base, over)));
        }
    }

    /// But a scalar is not put over a mapping: that is refused.
    @Test
    void every_value_above_is_there_and_every_value_below_that_nothing_replaces() {
        var random = new Random(3);
        for (var tries = 0; tries < 500; tries++) {
            var base = flat(randomly(random, 4));
            var over = flat(randomly(random, 4));

            var expected = new TreeMap<>(base);
            over.forEach((path, value) -> {
                if (base.keySet().stream().noneMatch(below -> below.startsWith(path + "/"))) {
                    expected.keySet().removeIf(below -> path.startsWith(below + "/"));
                    expected.put(path, value);
                }
            });

            assertThat(flat(merged(tree(base), tree(over)))).isEqualTo(expected);
        }
    }

    @Test
    void a_reset_acts_on_every_document_below_and_on_none_above() {
        assertMerged("a: 1", "a: !reset x", "b: 2", "{b: 2}");
        assertMerged("a: 1", "a: !reset x", "a: 3", "{a: 3}");
        assertMerged("s: {a: 1, b: [1]}", "s: {b: !reset }", "s: {b: [2]}", "{s: {a: 1, b: [2]}}");
        assertMerged("s: {a: 1}", "s: !reset {a: 2}", "{}", "{}");
    }

    @Test
    void an_override_replaces_what_is_below_and_is_merged_with_what_is_above() {
        assertMerged("s: {a: 1, b: 2}", "s: !override {b: 3}", "s: {c: 4}", "{s: {b: 3, c: 4}}");
        assertMerged("l: [1]", "l: !override [2]", "l: [3]", "{l: [2, 3]}");
        assertMerged("l: [1]", "l: !override 2", "{}", "{l: 2}");
    }

    @Test
    void an_alias_to_a_tagged_value_is_tagged() {
        assertMerged("a: 1", "{x: &r !reset y, a: *r}", "{}", "{}");
    }

    @Test
    void a_null_above_leaves_what_is_below_unless_the_key_is_replaced_whole() {
        assertMerged(
                "services: {a: {ports: [1], command: x}}",
                "services: {a: {ports: , command: }}",
                "{}",
                "services: {a: {ports: [1], command: }}");
    }

    private static void assertMerged(String first, String second, String third, String expected) {
        assertThat(flat(Merging.settle(merged(merged(parse(first), parse(second)), parse(third)))))
                .as("%s + %s + %s", first, second, third)
                .isEqualTo(flat(parse(expected)));
    }

    private static Node.Mapping merged(Node.Mapping base, Node.Mapping over) {
        return new Merging(new Report()).documents(base, over);
    }

    private static Node.Mapping parse(String yaml) {
        var report = new Report();
        var root = YamlTree.read(yaml, FILE, report).orElseThrow().getFirst();
        assertThat(report.hasErrors()).isFalse();
        return (Node.Mapping) root;
    }

    /// Mappings of mappings and scalars: lists are merged by rules of their own.
    private static Node.Mapping randomly(Random random, int depth) {
        var entries = new TreeMap<String, Node.Entry>();
        for (var i = random.nextInt(4); i >= 0; i--) {
            var name = String.valueOf((char) ('a' + random.nextInt(4)));
            var value = depth > 0 && random.nextInt(3) > 0
                    ? randomly(random, depth - 1)
                    : scalar(String.valueOf(random.nextInt(1000)));
            entries.put(name, new Node.Entry(scalar(name), value));
        }
        return Node.Mapping.of(new Position(FILE, 1, 1), entries.values());
    }

    private static Node.Scalar scalar(String text) {
        return new Node.Scalar(new Position(FILE, 1, 1), text, true);
    }

    /// What stands at each path that holds no mapping.
    private static TreeMap<String, String> flat(Node node) {
        var flat = new TreeMap<String, String>();
        switch (node) {
            case Node.Mapping mapping ->
                mapping.entries()
                        .forEach(e -> flat(e.value())
                                .forEach((path, value) -> flat.put("/" + e.key().text() + path, value)));
            case Node.Sequence list ->
                flat.put(
                        "",
                        list.items().stream().map(MergingTest::flat).toList().toString());
            case Node.Scalar scalar -> flat.put("", scalar.text());
        }
        return flat;
    }

    private static Node.Mapping tree(Map<String, String> flat) {
        var entries = new TreeMap<String, Node.Entry>();
        var names = new TreeSet<String>();
        flat.keySet().forEach(path -> names.add(path.split("/", 3)[1]));
        for (var name : names) {
            var below = new TreeMap<String, String>();
            flat.forEach((path, value) -> {
                if (path.equals("/" + name) || path.startsWith("/" + name + "/")) {
                    below.put(path.substring(name.length() + 1), value);
                }
            });
            var value = below.containsKey("") ? scalar(below.get("")) : tree(below);
            entries.put(name, new Node.Entry(scalar(name), value));
        }
        return Node.Mapping.of(new Position(FILE, 1, 1), List.copyOf(entries.values()));
    }
}
