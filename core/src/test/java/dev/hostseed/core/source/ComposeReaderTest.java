package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.problem.ProblemText;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ComposeReaderTest {
    private static String text(List<Problem> problems) {
        return problems.stream().map(ProblemText::of).collect(Collectors.joining());
    }

    @Test
    void no_mutation_of_a_file_throws() throws IOException {
        var texts = new ArrayList<String>();
        for (var folder : GoldenTest.cases()) {
            texts.add(Files.readString(folder.resolve("compose.yaml")));
            if (Files.exists(folder.resolve("compose.override.yaml"))) {
                texts.add(Files.readString(folder.resolve("compose.override.yaml")));
            }
        }
        try (var disk = Jimfs.newFileSystem(Configuration.unix())) {
            var directory = Files.createDirectories(disk.getPath("/work"));
            var file = directory.resolve("compose.yaml");
            var over = directory.resolve("compose.override.yaml");
            for (var seed = 0; seed < 2000; seed++) {
                var random = new Random(seed);
                var mutant = mutated(texts.get(random.nextInt(texts.size())), random);
                var other = mutated(texts.get(random.nextInt(texts.size())), random);
                Files.writeString(file, mutant);
                Files.writeString(over, other);
                try {
                    text(problems(ComposeReader.read(file, Map.of())));
                    text(problems(ComposeReader.read(several(List.of(file, over), Map.of()))));
                } catch (RuntimeException e) {
                    throw new AssertionError("seed " + seed + ":\n" + mutant + "\n---\n" + other, e);
                }
            }
        }
    }

    private static ComposeInput several(List<Path> files, Map<String, String> environment) {
        return new ComposeInput(files, Optional.empty(), Optional.empty(), List.of(), Set.of(), environment);
    }

    @Test
    void the_project_is_called_as_the_input_says_then_the_environment_then_the_last_file() throws IOException {
        try (var disk = Jimfs.newFileSystem(Configuration.unix())) {
            var first = written(disk, "compose.yaml", "name: first\nservices: {web: {image: 'example/web:1'}}");
            var second = written(disk, "second.yaml", "name: second\nservices: {}");
            var files = List.of(first, second);

            assertThat(project(several(files, Map.of()))).isEqualTo("second");
            assertThat(project(several(files, Map.of("COMPOSE_PROJECT_NAME", "third"))))
                    .isEqualTo("third");
            assertThat(project(new ComposeInput(
                            files,
                            Optional.empty(),
                            Optional.of("fourth"),
                            List.of(),
                            Set.of(),
                            Map.of("COMPOSE_PROJECT_NAME", "third"))))
                    .isEqualTo("fourth");
        }
    }

    @Test
    void environment_files_stand_in_for_the_one_of_the_project_directory() throws IOException {
        try (var disk = Jimfs.newFileSystem(Configuration.unix())) {
            var file = written(disk, "compose.yaml", "services: {web: {image: 'example/$A-$B-$C:1'}}");
            written(disk, ".env", "A=dot\nB=dot\nC=dot");
            var one = written(disk, "one.env", "A=one\nB=one\nC=${A}$D\nE=-e");
            var two = written(disk, "two.env", "B=two$E\nE=not yet");

            assertThat(image(several(List.of(file), Map.of()))).isEqualTo("example/dot-dot-dot:1");
            assertThat(image(new ComposeInput(
                            List.of(file),
                            Optional.empty(),
                            Optional.empty(),
                            List.of(one, two),
                            Set.of(),
                            Map.of("D", "d", "A", "said"))))
                    .isEqualTo("example/said-two-e-saidd:1");
        }
    }

    @Test
    void profiles_are_those_of_the_input_or_else_of_the_environment() throws IOException {
        try (var disk = Jimfs.newFileSystem(Configuration.unix())) {
            var file = written(disk, "compose.yaml", """
                    services:
                      always: {image: 'example/a:1'}
                      debug: {image: 'example/a:1', profiles: [debug, all]}
                      test: {image: 'example/a:1', profiles: [test]}
                    """);

            assertThat(services(file, Set.of(), "")).containsExactly("always");
            assertThat(services(file, Set.of("debug"), "test")).containsExactly("always", "debug");
            assertThat(services(file, Set.of(), "test, all")).containsExactly("always", "debug", "test");
            assertThat(services(file, Set.of("*"), "")).containsExactly("always", "debug", "test");
        }
    }

    @Test
    void what_extends_and_include_repeat_is_bounded() throws IOException {
        try (var disk = Jimfs.newFileSystem(Configuration.unix())) {
            var chain = new StringBuilder("services:\n  s0: {image: 'example/a:1'}\n");
            var wide = new StringBuilder("services:\n  s0:\n    image: example/a:1\n    environment:\n");
            for (var i = 1; i <= 150; i++) {
                chain.append("  s%d: {extends: s%d}\n".formatted(i, i + 1));
                written(disk, i + ".yaml", "include: [%d.yaml]".formatted(i + 1));
                written(disk, "twice" + i + ".yaml", "include: [twice%d.yaml, twice%d.yaml]".formatted(i + 1, i + 1));
            }
            for (var i = 0; i < 20_000; i++) {
                wide.append("      A").append(i).append(": a\n");
            }
            for (var i = 1; i < 1000; i++) {
                wide.append("  s%d: {extends: s0, environment: {A: a}}\n".formatted(i));
            }

            assertThat(refusal(written(
                            disk,
                            "chain.yaml",
                            chain.append("  s151: {image: a}").toString())))
                    .contains("a service that extends more than 100 others");
            assertThat(refusal(written(disk, "wide.yaml", wide.toString()))).contains("more than 100000 values");
            assertThat(refusal(disk.getPath("/work/1.yaml"))).contains("more than 100 deep");
        }
    }

    private static String refusal(Path file) {
        return text(problems(ComposeReader.read(file, Map.of())));
    }

    private static List<String> services(Path file, Set<String> profiles, String inEnvironment) {
        var input = new ComposeInput(
                List.of(file),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                profiles,
                Map.of("COMPOSE_PROFILES", inEnvironment));
        return host(input).project().services().stream()
                .map(service -> service.name().value())
                .toList();
    }

    private static String project(ComposeInput input) {
        return host(input).project().name().value();
    }

    private static String image(ComposeInput input) {
        return host(input).project().services().getFirst().image().toString();
    }

    private static Host host(ComposeInput input) {
        return switch (ComposeReader.read(input)) {
            case Reading.Accepted(var host, var problems) -> host;
            case Reading.Rejected(var problems) -> throw new AssertionError(text(problems));
        };
    }

    private static Path written(FileSystem disk, String name, String text) throws IOException {
        return Files.writeString(Files.createDirectories(disk.getPath("/work")).resolve(name), text);
    }

    private static List<Problem> problems(Reading reading) {
        return switch (reading) {
            case Reading.Accepted(var ignored, var problems) -> problems;
            case Reading.Rejected(var problems) -> problems;
        };
    }

    private static String mutated(String text, Random random) {
        var mutant = new StringBuilder(text);
        var bits = "{}[]:*&!|>'\"%@`#,-?\t \n\\$<9é😀";
        for (var i = 0; i <= random.nextInt(4); i++) {
            var at = random.nextInt(mutant.length() + 1);
            switch (random.nextInt(3)) {
                case 0 -> mutant.insert(at, bits.charAt(random.nextInt(bits.length() - 2)));
                case 1 -> mutant.delete(at, Math.min(mutant.length(), at + random.nextInt(8)));
                default -> mutant.insert(at, text, 0, random.nextInt(text.length() + 1));
            }
        }
        return mutant.toString();
    }
}
