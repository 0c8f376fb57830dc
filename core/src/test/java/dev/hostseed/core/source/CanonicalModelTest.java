package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CanonicalModelTest {
    static List<Path> cases() throws IOException {
        try (var folders = Files.list(Path.of("src/test/golden/canonical"))) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_file_has_its_golden_model(Path folder) throws IOException {
        var input = new ComposeInput(
                List.of(folder.resolve("compose.yaml")),
                Optional.of(Path.of("/project")),
                Optional.empty(),
                List.of(),
                Set.of(),
                Map.of("HOME", "/root"));
        var actual = ComposedFiles.of(input).model(true).orElseThrow().yaml();
        var golden = folder.resolve("model.yaml");

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(golden, actual);
            throw new AssertionError("rewrote " + golden);
        }
        assertThat(actual).isEqualTo(Files.readString(golden));
    }
}
