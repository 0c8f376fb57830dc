package dev.hostseed.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the documentation shows is what the program reads.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExamplesTest {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @Test
    void the_compose_file_of_the_readme_is_read_without_a_word(@TempDir Path directory) throws IOException {
        var readme = Files.readString(TOP.resolve("README.md"));
        assertReadWithoutAWord(Files.writeString(directory.resolve("compose.yaml"), yaml(readme)));
    }

    @Test
    void the_compose_file_of_the_page_on_secrets_is_read_with_one_warning(@TempDir Path directory) throws IOException {
        var page = Files.readString(TOP.resolve("docs/how-to/secrets.md"));
        var password = Files.createDirectories(directory.resolve("secrets")).resolve("password");
        Files.setPosixFilePermissions(Files.writeString(password, "x"), PosixFilePermissions.fromString("rw-------"));

        var reading = ComposeReader.read(Files.writeString(directory.resolve("compose.yaml"), yaml(page)), Map.of());

        assertThat(reading)
                .isInstanceOfSatisfying(
                        Reading.Accepted.class,
                        accepted -> assertThat(accepted.problems())
                                .extracting(Problem::what)
                                .containsExactly("the seed carries the secret 'password'"));
    }

    private static String yaml(String page) {
        var start = page.indexOf("```yaml\n") + "```yaml\n".length();
        var yaml = page.substring(start, page.indexOf("```", start));
        assertThat(yaml).contains("services:");
        return yaml;
    }

    @Test
    void every_example_is_read_without_a_word() throws IOException {
        try (var folders = Files.list(TOP.resolve("examples"))) {
            var files = folders.map(folder -> folder.resolve("compose.yaml"))
                    .filter(Files::exists)
                    .toList();
            assertThat(files).hasSizeGreaterThan(1);
            files.forEach(ExamplesTest::assertReadWithoutAWord);
        }
    }

    private static void assertReadWithoutAWord(Path file) {
        var reading = ComposeReader.read(file, Map.of());
        assertThat(reading).isInstanceOf(Reading.Accepted.class);
        assertThat(((Reading.Accepted) reading).problems()).isEqualTo(List.of());
    }
}
