package dev.hostseed.systemd.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.host.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ProjectUnitsTest {
    private static final Path GOLDENS = Path.of("src/test/golden/units");

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("one-service-alone", Hosts.alone()),
                Arguments.of("a-database-a-job-and-what-needs-them", Hosts.shop()),
                Arguments.of("several-containers-one-and-none", Hosts.scaled()),
                Arguments.of("awkward-names", Hosts.awkward()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void units_are_as_in_the_golden_folder(String folder, Host host) throws IOException {
        var rendered = onDisk(ProjectUnits.render(host));
        if (Boolean.getBoolean("golden.update")) {
            update(GOLDENS.resolve(folder), rendered);
        }

        assertThat(FileTree.read(GOLDENS.resolve(folder))).isEqualTo(rendered);
        assertThat(Boolean.getBoolean("golden.update"))
                .as("goldens were rewritten: look at them")
                .isFalse();
    }

    @Test
    void every_golden_folder_has_a_case() throws IOException {
        try (var folders = Files.list(GOLDENS)) {
            assertThat(folders.map(folder -> String.valueOf(folder.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(
                            cases().map(each -> (String) each.get()[0]).toList());
        }
    }

    private static SortedMap<String, FileContent> onDisk(SortedMap<TargetPath, FileContent> files) {
        var byName = new TreeMap<String, FileContent>();
        files.forEach((path, content) ->
                byName.put(path.value().substring(ProjectUnits.DIRECTORY.value().length() + 1), content));
        return byName;
    }

    private static void update(Path folder, SortedMap<String, FileContent> files) throws IOException {
        if (Files.exists(folder)) {
            for (var old : FileTree.list(folder).values()) {
                Files.delete(old);
            }
        }
        var byPath = new TreeMap<TargetPath, FileContent>();
        files.forEach((name, content) -> byPath.put(new TargetPath("/" + name), content));
        FileTree.write(byPath, folder.toAbsolutePath());
    }

    @Test
    void a_volume_of_another_host_waits_for_the_network() {
        for (var type : List.of("nfs", "tmpfs")) {
            var made = new Volume.Made("local", new TreeMap<>(Map.of("type", type)), new TreeMap<>());
            var volume = new Volume(new ResourceName("data"), new EngineName("shop_data"), made);

            var text = Preparations.volume(new ProjectName("shop"), volume).text();

            assertThat(text.contains("After=docker.service network-online.target\n"))
                    .as(text)
                    .isEqualTo(type.equals("nfs"));
            assertThat(text.contains("network-online.target")).isEqualTo(type.equals("nfs"));
        }
    }

    @Test
    void the_same_host_gives_the_same_bytes() {
        assertThat(ProjectUnits.render(Hosts.shop())).isEqualTo(ProjectUnits.render(Hosts.shop()));
    }

    @Test
    void two_units_of_one_name_are_refused_and_both_owners_named() {
        var images = Hosts.service("images", new RestartPolicy.Never(), List.of(), List.of());
        var host = Hosts.host("shop", List.of(images), List.of());

        assertThat(UnitNames.problems(host.project()))
                .containsExactly("the images of the project and service 'images' would both be shop-images.service;"
                        + " rename one");
        assertThatThrownBy(() -> ProjectUnits.render(host)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_name_that_no_unit_can_have_is_told() {
        var dashes = Hosts.service("-".repeat(100), new RestartPolicy.Never(), List.of(), List.of());
        var host = Hosts.host("shop", List.of(dashes), List.of());

        assertThat(UnitNames.problems(host.project()))
                .singleElement()
                .asString()
                .endsWith("has too long a name for a unit; shorten it");
    }
}
