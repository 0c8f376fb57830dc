package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ServiceKeysTest {
    private static Reading reading(String compose, Map<String, String> environment) throws IOException {
        try (var disk = Jimfs.newFileSystem(Configuration.unix())) {
            var file = disk.getPath("/work/compose.yaml");
            Files.createDirectories(file.getParent());
            Files.writeString(file, compose);
            return ComposeReader.read(file, environment);
        }
    }

    @Test
    void every_key_of_a_service_is_read_or_refused_for_good() {
        assertThat(ServiceKeys.KEYS.plannedNames()).isEmpty();
    }

    @Test
    void a_chain_of_services_may_be_long_and_a_cycle_in_it_is_found() throws IOException {
        var services = IntStream.range(0, 3000)
                .mapToObj(i -> "  s%d: {image: 'a:1', depends_on: [s%d]}\n".formatted(i, i + 1))
                .collect(Collectors.joining());

        assertThat(reading("services:\n" + services + "  s3000: {image: 'a:1'}\n", Map.of()))
                .isInstanceOf(Reading.Accepted.class);
        assertThat(((Reading.Rejected) reading(
                                "services:\n" + services + "  s3000: {image: 'a:1', depends_on: [s0]}\n", Map.of()))
                        .problems())
                .singleElement()
                .satisfies(p -> assertThat(p.what()).startsWith("services wait for each other: s0 → s1 → "));
    }

    @Test
    void the_environment_names_the_project_before_its_file_does() throws IOException {
        var compose = "name: written\nservices: {a: {image: 'a:1'}}\n";

        var asked = (Reading.Accepted) reading(compose, Map.of("COMPOSE_PROJECT_NAME", "asked"));
        var same = (Reading.Accepted) reading(compose, Map.of("COMPOSE_PROJECT_NAME", "written"));
        var bad = (Reading.Rejected) reading(compose, Map.of("COMPOSE_PROJECT_NAME", "No"));

        assertThat(asked.host().project().name()).hasToString("asked");
        assertThat(asked.problems()).singleElement().satisfies(p -> {
            assertThat(p.at().line()).isEqualTo(1);
            assertThat(p.what()).isEqualTo("COMPOSE_PROJECT_NAME is 'asked' and beats this name");
        });
        assertThat(same.problems()).isEmpty();
        assertThat(bad.problems())
                .anySatisfy(p -> assertThat(p.what()).isEqualTo("not a project name: 'No' in COMPOSE_PROJECT_NAME"));
    }

    @Test
    void an_argument_longer_than_linux_takes_is_refused() throws IOException {
        var longest = "x".repeat(131_071);
        for (var where : new String[] {
            "services: {a: {image: 'a:1', command: [%s]}}",
            "services: {a: {image: 'a:1', environment: {A: %s}}}",
            "services: {a: {image: 'a:1'}}\nx-host: {commands: {before_services: [%s]}}",
            "services: {a: {image: 'a:1'}}\nx-host: {commands: {before_services: [[echo, %s]]}}",
        }) {
            assertThat(((Reading.Rejected) reading(where.formatted(longest + "x"), Map.of())).problems())
                    .singleElement()
                    .satisfies(p -> assertThat(p.what()).endsWith("of 128 KiB or more"));
        }
        assertThat(reading("services: {a: {image: 'a:1', command: [%s]}}".formatted(longest), Map.of()))
                .isInstanceOf(Reading.Accepted.class);
    }
}
