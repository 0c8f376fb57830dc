package dev.hostseed.cli.build;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DefaultFilesTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path project;

    @Test
    void the_first_of_the_names_that_is_there_with_its_override_file() throws IOException {
        assertThat(files(Map.of())).containsExactly("compose.yaml");

        create("docker-compose.yml", "docker-compose.override.yml", "compose.override.yaml");
        assertThat(files(Map.of())).containsExactly("docker-compose.yml", "docker-compose.override.yml");

        create("compose.yml");
        assertThat(files(Map.of())).containsExactly("compose.yml", "compose.override.yaml");
    }

    @Test
    void the_files_that_the_environment_names() {
        assertThat(DefaultFiles.of(Optional.empty(), Map.of("COMPOSE_FILE", "a.yaml:b/c.yaml")))
                .containsExactly(Path.of("a.yaml"), Path.of("b/c.yaml"));
        assertThat(DefaultFiles.of(
                        Optional.empty(), Map.of("COMPOSE_FILE", "a.yaml||b.yaml", "COMPOSE_PATH_SEPARATOR", "||")))
                .containsExactly(Path.of("a.yaml"), Path.of("b.yaml"));
    }

    private List<String> files(Map<String, String> environment) {
        return DefaultFiles.of(Optional.of(project), environment).stream()
                .map(file -> project.relativize(file).toString())
                .toList();
    }

    private void create(String... names) throws IOException {
        for (var name : names) {
            Files.createFile(project.resolve(name));
        }
    }
}
