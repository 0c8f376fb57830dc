package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.problem.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What names a platform is held against the one that is made for, whatever this machine is.
class PlatformKeysTest {
    private static final Platform BOARD = new Platform("linux", "riscv64", "");
    private static final Platform OWN = Platform.ofThisMachine();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "image: 'a:1', platform: linux/%s",
                "build: {context: ., platforms: [linux/%s]}",
                "image: 'a:1', deploy: {placement: {constraints: [node.platform.arch==%s]}}"
            })
    void the_platform_that_is_asked_for_counts_and_not_this_machine(String service) throws IOException {
        var forBoard = service.formatted(BOARD.architecture());
        var forThis = service.formatted(OWN.architecture());

        assertThat(errors(forBoard, BOARD)).isEmpty();
        assertThat(errors(forThis, OWN)).isEmpty();
        assertThat(errors(forBoard, OWN)).hasSize(1);
        assertThat(errors(forThis, BOARD)).hasSize(1);
    }

    @Test
    void a_variant_is_one_only_where_both_name_it() throws IOException {
        var seventh = "image: 'a:1', platform: linux/arm/v7";

        assertThat(errors(seventh, new Platform("linux", "arm", "v7"))).isEmpty();
        assertThat(errors(seventh, new Platform("linux", "arm", ""))).isEmpty();
        assertThat(errors("image: 'a:1', platform: linux/arm", new Platform("linux", "arm", "v6")))
                .isEmpty();
        assertThat(errors(seventh, new Platform("linux", "arm", "v6")))
                .singleElement()
                .satisfies(p -> {
                    assertThat(p.what()).isEqualTo("'linux/arm/v7' is another platform than linux/arm/v6");
                    assertThat(p.remedy()).contains("--platform");
                });
        assertThat(errors("image: 'a:1', platform: arm", new Platform("linux", "arm", "")))
                .singleElement()
                .satisfies(p -> assertThat(p.what()).isEqualTo("not a platform: 'arm'"));
    }

    @Test
    void an_image_is_built_for_the_platform_that_is_asked_for() throws IOException {
        assertThat(builtFor("build: .", OWN)).isEmpty();
        assertThat(builtFor("build: .", BOARD)).isEqualTo("linux/riscv64");
        assertThat(builtFor("build: {context: ., platforms: [linux/arm64, linux/riscv64]}", BOARD))
                .isEqualTo("linux/riscv64");
    }

    private static List<Problem> errors(String service, Platform platform) throws IOException {
        return switch (reading(service, platform)) {
            case Reading.Accepted ignored -> List.of();
            case Reading.Rejected(var problems) -> problems;
        };
    }

    private static String builtFor(String service, Platform platform) throws IOException {
        var project = ((Reading.Accepted) reading(service, platform)).host().project();
        return project.builds().getFirst().surroundings().platform();
    }

    private static Reading reading(String service, Platform platform) throws IOException {
        try (var disk = Jimfs.newFileSystem(Configuration.unix())) {
            var directory = Files.createDirectory(disk.getPath("/work/shop"));
            Files.writeString(directory.resolve("Dockerfile"), "FROM scratch\n");
            var file = Files.writeString(directory.resolve("compose.yaml"), "services: {web: {" + service + "}}\n");
            return ComposeReader.read(ComposeInput.of(file, Map.of()), platform);
        }
    }
}
