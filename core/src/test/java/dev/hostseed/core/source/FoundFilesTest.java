package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class FoundFilesTest {
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
        assertThat(found(Map.of("COMPOSE_FILE", "a.yaml:b/c.yaml")))
                .isEqualTo(new FoundFiles(List.of(Path.of("a.yaml"), Path.of("b/c.yaml")), List.of()));
        assertThat(found(Map.of("COMPOSE_FILE", "a.yaml||b.yaml", "COMPOSE_PATH_SEPARATOR", "||"))
                        .files())
                .containsExactly(Path.of("a.yaml"), Path.of("b.yaml"));
    }

    @Test
    void the_files_that_an_environment_file_names_and_then_it_holds_for_them() throws IOException {
        var beside = Files.writeString(project.resolve(".env"), "COMPOSE_FILE=sub/a.yaml");
        var other = Files.writeString(project.resolve("other"), "COMPOSE_FILE=b.yaml");

        assertThat(found(Map.of())).isEqualTo(new FoundFiles(List.of(Path.of("sub/a.yaml")), List.of(beside)));
        assertThat(found(Map.of("COMPOSE_FILE", "c.yaml")).files()).containsExactly(Path.of("c.yaml"));
        assertThat(FoundFiles.of(project, List.of(other), Map.of()))
                .isEqualTo(new FoundFiles(List.of(Path.of("b.yaml")), List.of(other)));
    }

    private FoundFiles found(Map<String, String> environment) {
        return FoundFiles.of(project, List.of(), environment);
    }

    private List<String> files(Map<String, String> environment) {
        return found(environment).files().stream()
                .map(file -> project.relativize(file).toString())
                .toList();
    }

    private void create(String... names) throws IOException {
        for (var name : names) {
            Files.createFile(project.resolve(name));
        }
    }
}
