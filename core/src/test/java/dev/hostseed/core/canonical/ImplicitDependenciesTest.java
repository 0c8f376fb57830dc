package dev.hostseed.core.canonical;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Node;
import dev.hostseed.core.yaml.YamlDocument;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ImplicitDependenciesTest {
    private static final String STARTED = "{condition=service_started restart=%s required=true}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void what_a_service_shares_is_what_it_depends_on() throws IOException {
        var service = completed("""
                links: [a, "b:alias"]
                network_mode: service:c
                ipc: service:d
                pid: host
                volumes_from: ["e:ro", "container:f"]
                """);

        assertThat(text(service.find("depends_on").orElseThrow()))
                .isEqualTo("{a=%1$s b=%1$s c=%1$s d=%1$s e=%2$s}"
                        .formatted(STARTED.formatted("true"), STARTED.formatted("false")));
    }

    @Test
    void what_is_written_is_kept() throws IOException {
        assertThat(text(completed("{links: [a, b], depends_on: {b: {condition: service_healthy}}}")
                        .find("depends_on")
                        .orElseThrow()))
                .isEqualTo("{b={condition=service_healthy} a=" + STARTED.formatted("true") + "}");
    }

    @Test
    void each_stands_where_the_key_does_that_implies_it() throws IOException {
        var service = completed("image: a\nlinks:\n  - b\n");

        assertThat(service.mapping("depends_on").orElseThrow().entry("b"))
                .hasValueSatisfying(entry -> assertThat(entry.key().at().line()).isEqualTo(3));
    }

    @Test
    void a_service_that_shares_nothing_or_whose_dependencies_cannot_be_read_is_left_as_it_is() throws IOException {
        for (var text : List.of(
                "image: a",
                "{depends_on: {a: {condition: service_started}}}",
                "{depends_on: a, links: [b]}",
                "{depends_on: [a], links: [b]}",
                "{links: {a: b}, network_mode: [x]}",
                "{links: ['no name', '']}")) {
            var service = read(text);

            assertThat(ImplicitDependencies.of(service)).as(text).isSameAs(service);
        }
    }

    private Node.Mapping completed(String service) throws IOException {
        return ImplicitDependencies.of(read(service));
    }

    private Node.Mapping read(String service) throws IOException {
        var file = Files.writeString(directory.resolve("service.yaml"), service);
        return (Node.Mapping)
                YamlDocument.ofAll(List.of(file), new Report()).getFirst().root();
    }

    private static String text(Node node) {
        return switch (node) {
            case Node.Scalar scalar -> scalar.text();
            case Node.Sequence list ->
                list.items().stream()
                        .map(ImplicitDependenciesTest::text)
                        .toList()
                        .toString();
            case Node.Mapping mapping ->
                mapping.entries().stream()
                        .map(entry -> entry.key().text() + "=" + text(entry.value()))
                        .collect(Collectors.joining(" ", "{", "}"));
        };
    }
}
