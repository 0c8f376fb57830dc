package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.problem.ProblemText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GoldenTest {
    private static final Path GOLDEN = Path.of("src/test/golden/source");

    static List<Path> cases() throws IOException {
        try (var folders = Files.list(GOLDEN)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_file_gives_its_golden_reading(Path folder) throws IOException {
        var actual = rendered(ComposeReader.read(input(folder))).replace(folder + "/", "");
        var golden = folder.resolve("problems.txt");

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, actual);
            throw new AssertionError("rewrote " + golden);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void what_is_told_of_a_file_makes_the_same_host(Path folder, @TempDir Path temporary) throws IOException {
        var input = input(folder);
        if (ComposeReader.read(input) instanceof Reading.Accepted(var host, var problems)) {
            var model = ComposedFiles.of(input).model(false).orElseThrow();
            for (var text : List.of(model.yaml(), model.json())) {
                var again = Files.writeString(temporary.resolve("again.yaml"), text);
                var told = new ComposeInput(
                        List.of(again),
                        Optional.of(folder),
                        Optional.empty(),
                        List.of(),
                        Set.of(),
                        input.environment()); // a secret may be taken from it
                assertThat(ComposeReader.read(told))
                        .as(text)
                        .isInstanceOfSatisfying(
                                Reading.Accepted.class,
                                accepted -> assertThat(accepted.host()).isEqualTo(host));
            }
        }
    }

    private static ComposeInput input(Path folder) {
        var files = Stream.of("compose.yaml", "compose.override.yaml").map(folder::resolve);
        return new ComposeInput(
                files.filter(Files::exists).toList(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Set.of(),
                Map.of("HOME", "/root"));
    }

    private static String rendered(Reading reading) {
        return switch (reading) {
            case Reading.Accepted(var host, var problems) -> text(problems) + withoutModes(host.toString()) + "\n";
            case Reading.Rejected(var problems) -> text(problems);
        };
    }

    /// The modes of a checked out file are those that its owner's umask leaves.
    private static String withoutModes(String host) {
        return host.replaceAll("(ProjectFile\\[path=[^,]*, content=[^,]*), mode=[0-7]+", "$1");
    }

    private static String text(List<Problem> problems) {
        return problems.stream()
                .map(problem -> ProblemText.of(problem) + "      = " + problem.code() + "\n")
                .collect(Collectors.joining());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_case_has_no_file_that_its_compose_file_does_not_name(Path folder) throws IOException {
        var compose = Files.readString(folder.resolve("compose.yaml"));
        try (var all = Files.walk(folder)) {
            assertThat(all.filter(Files::isRegularFile)
                            .map(f -> folder.relativize(f))
                            .filter(f -> !Set.of("compose.yaml", "compose.override.yaml", "problems.txt")
                                    .contains(f.toString()))
                            .filter(f -> !compose.contains(f.getName(0).toString())))
                    .isEmpty();
        }
    }

    @Test
    void every_entry_beside_the_cases_is_a_case() throws IOException {
        assertThat(cases())
                .isNotEmpty()
                .allSatisfy(folder -> assertThat(folder.resolve("compose.yaml")).isRegularFile())
                .allSatisfy(
                        folder -> assertThat(folder.getFileName().toString()).matches("[a-z]+(-[a-z]+)*"));
    }
}
