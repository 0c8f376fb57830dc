package dev.hostseed.core.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.testing.Corpus;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The reference loader's own pairs of documents.
class CorpusTest {
    @Test
    void documents_are_merged_as_compose_merges_them() throws IOException {
        for (var folder : Corpus.folders(Corpus.path().resolve("compose-go/merge"))) {
            var base = document(folder.resolve("base.yaml"));
            var override = folder.resolve("override.yaml");

            var merged = Files.exists(override) ? merged(base, document(override)) : base;

            assertThat(inOneForm(merged))
                    .as("%s", folder)
                    .isEqualTo(inOneForm(document(folder.resolve("expected.yaml"))));
        }
    }

    /// A document put over itself has each value in the form in which it can be merged, and no item twice.
    private static Data inOneForm(Node.Mapping document) {
        return data(Merging.settle(merged(document, document)));
    }

    private static Node.Mapping merged(Node.Mapping base, Node.Mapping over) {
        var report = new Report();
        var merged = new Merging(report).documents(base, over);
        assertThat(report.sorted()).isEmpty();
        return merged;
    }

    private static Data data(Node node) {
        return switch (node) {
            case Node.Mapping mapping ->
                new Data.Mapping(mapping.entries().stream()
                        .collect(Collectors.toMap(
                                e -> e.key().text(), e -> data(e.value()), (a, b) -> b, LinkedHashMap::new)));
            case Node.Sequence list ->
                new Data.Sequence(list.items().stream().map(CorpusTest::data).toList());
            case Node.Scalar scalar -> scalar.isNull() ? Data.Null.NULL : new Data.Text(scalar.text());
        };
    }

    private static Node.Mapping document(Path file) {
        return (Node.Mapping) YamlDocument.of(file, new Position(file, 1, 1), new Report())
                .getFirst()
                .root();
    }
}
