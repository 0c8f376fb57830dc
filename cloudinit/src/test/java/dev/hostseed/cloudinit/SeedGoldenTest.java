package dev.hostseed.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What cloud-init reads, as it was reviewed.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SeedGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/golden");
    private static final Digest CHECKSUMS = new Digest("sha256:" + "0123456789abcdef".repeat(4));

    static List<Path> cases() throws IOException {
        try (var folders = Files.list(GOLDEN)) {
            return folders.sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void a_compose_file_gives_its_golden_seed(Path folder) throws IOException {
        var rendered = rendered(Inputs.host(folder.resolve("compose.yaml")));
        var expected = folder.resolve("expected");
        if (Boolean.getBoolean("golden.update")) {
            update(expected, rendered);
        }

        assertThat(textsIn(expected)).isEqualTo(rendered);
        assertThat(Boolean.getBoolean("golden.update"))
                .as("goldens were rewritten: look at them")
                .isFalse();
    }

    @Test
    void goldens_have_a_case_and_no_file_is_left_over() throws IOException {
        assertThat(cases()).isNotEmpty().allSatisfy(folder -> {
            assertThat(folder.resolve("compose.yaml")).isRegularFile();
            var compose = Files.readString(folder.resolve("compose.yaml"));
            assertThat(FileTree.list(folder).keySet().stream()
                            .filter(path -> !path.equals("compose.yaml") && !path.startsWith("expected/")))
                    .allSatisfy(path -> assertThat(compose).contains(path));
        });
    }

    private static SortedMap<String, String> rendered(Host host) {
        var metaData = MetaData.of(host.name(), "the content of the seed");
        return new TreeMap<>(Map.of(
                "user-data", UserData.render(host, new InstallStep(CHECKSUMS, metaData.instanceId())),
                "meta-data", metaData.text(),
                "network-config", NetworkConfig.text()));
    }

    private static SortedMap<String, String> textsIn(Path directory) throws IOException {
        var texts = new TreeMap<String, String>();
        for (var file : FileTree.list(directory).entrySet()) {
            texts.put(file.getKey(), Files.readString(file.getValue()));
        }
        return texts;
    }

    private static void update(Path directory, SortedMap<String, String> texts) throws IOException {
        Files.createDirectories(directory);
        for (var former : FileTree.list(directory).values()) {
            Files.delete(former);
        }
        for (var text : texts.entrySet()) {
            Files.writeString(directory.resolve(text.getKey()), text.getValue());
        }
    }
}
