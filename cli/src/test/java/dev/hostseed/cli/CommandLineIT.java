package dev.hostseed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a person sees who does something wrong: one line for each fault, the exit code for whose fault it is, and never
/// a stack trace.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class CommandLineIT {
    @TempDir
    private Path directory;

    @Test
    void an_unknown_command_or_option_is_a_matter_of_usage() throws Exception {
        assertThat(hostseed("bild"))
                .isEqualTo(new Ended(2, "hostseed: 'bild' is not a command; 'hostseed --help' tells what there is\n"));
        assertThat(hostseed("--bogus").code()).isEqualTo(2);
        assertThat(hostseed("run", "-p", "shop").output())
                .isEqualTo("hostseed: expected SERVICE, found 0 words; 'hostseed --help' tells what there is\n");
        assertThat(hostseed("check", "--bogus").output()).startsWith("hostseed: Unknown option: '--bogus'");
        assertThat(hostseed()).extracting(Ended::code).isEqualTo(2);
    }

    @Test
    void help_is_no_fault() throws Exception {
        assertThat(hostseed("--help").code()).isZero();
        for (var command : List.of("check", "config", "build", "bundle", "install", "load", "ensure", "run", "prune")) {
            var ended = hostseed(command, "--help");
            assertThat(ended.code()).as(command).isZero();
            assertThat(ended.output()).as(command).startsWith("Usage: hostseed " + command);
        }
    }

    @Test
    void all_faults_of_a_compose_file_are_told_at_once() throws Exception {
        var file = Files.writeString(directory.resolve("compose.yaml"), """
                services:
                  web:
                    image: example/web:1
                    restart: on-fail
                    volmes: []
                """);

        var ended = hostseed("build", file.toString());

        assertThat(ended.code()).isEqualTo(3);
        assertThat(ended.output())
                .contains(file + ":4:14: error: 'on-fail'", file + ":5:5: error: unknown key 'volmes'");
        assertThat(ended.output()).endsWith("\n2 errors\n").doesNotContain("\033");
        assertThat(hostseed("check", file.toString(), "--color=always").output())
                .contains("\033[1;31merror:");
        assertThat(directory).isDirectoryNotContaining("glob:**dist");
    }

    @Test
    void with_json_every_end_is_one_document() throws Exception {
        var good = Files.writeString(directory.resolve("good.yaml"), "services: {web: {image: 'example/none:1'}}");
        var risky = Files.writeString(
                directory.resolve("risky.yaml"), "services: {web: {image: 'a:1', volumes: ['/etc:/etc']}}");

        assertThat(hostseed("check", "--json", "--quiet", good.toString()).output())
                .startsWith("{\n  \"format\": 1,\n  \"exit\": 0,");
        assertThat(hostseed("check", "--json", "--strict", risky.toString()))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(9))
                .satisfies(ended -> assertThat(ended.output()).contains("\"exit\": 9", "\"code\": \"HS-P02\""));
        assertThat(hostseed("bundle", "--offline", "--json", "--docker-socket", "/nonexistent", good.toString()))
                .satisfies(ended -> assertThat(ended.code()).isEqualTo(4))
                .satisfies(ended -> assertThat(ended.output())
                        .startsWith("{")
                        .contains("\"exit\": 4", "\"code\": \"HS-X4\"", "example/none:1")
                        .endsWith("}\n"));
        assertThat(hostseed("build", "--json", "--bogus").output()).contains("\"exit\": 2", "\"code\": \"HS-X2\"");
    }

    @Test
    void the_options_of_compose_choose_files_project_and_services() throws Exception {
        Files.writeString(directory.resolve("compose.yaml"), "services: {web: {image: 'example/$A:1'}}");
        Files.writeString(directory.resolve("compose.override.yaml"), "services: {web: {restart: found}}");
        Files.writeString(directory.resolve("debug.yaml"), "services: {tool: {image: a, profiles: [debug], scale: 2}}");
        Files.writeString(directory.resolve("values"), "A=web");
        var said = List.of("check", "-f", "compose.yaml", "-f", "debug.yaml", "--env-file", "values");

        assertThat(hostseed("check").output()).contains("compose.override.yaml:1:27: error: 'found'");
        assertThat(hostseed(said, "--strict")).isEqualTo(new Ended(0, "compose.yaml: good for 1 container\n"));
        assertThat(hostseed(said, "--profile", "debug").output()).endsWith("good for 3 containers\n");
        assertThat(hostseed(said, "--project-name", "Shop").output()).contains("error: not a project name: 'Shop'");
    }

    @Test
    void config_prints_what_the_files_say_together_as_a_compose_file_again() throws Exception {
        var written = """
                name: shop
                services:
                  web:
                    command:
                    - echo
                    - "$$HOME"
                    image: example/web:1
                    networks:
                      default: null
                    ports:
                    - mode: ingress
                      protocol: tcp
                      published: "80"
                      target: 8080
                networks:
                  default:
                    name: shop_default
                """;
        Files.writeString(
                directory.resolve("compose.yaml"),
                "{name: shop, services: {web: {image: 'example/web:$TAG', command: 'echo \"$$HOME\"', ports: ['80:8080']}}}");
        Files.writeString(directory.resolve(".env"), "TAG=1");

        assertThat(hostseed("config")).isEqualTo(new Ended(0, written));
        Files.writeString(directory.resolve("again.yaml"), written);
        assertThat(hostseed("config", "-f", "again.yaml")).isEqualTo(new Ended(0, written));
        assertThat(hostseed("config", "--format", "json").output()).contains("\"entrypoint\": null");
        assertThat(hostseed("config", "--images").output()).isEqualTo("example/web:1\n");
        assertThat(hostseed("config", "-q")).isEqualTo(new Ended(0, ""));
    }

    private Ended hostseed(List<String> words, String... more) throws IOException, InterruptedException {
        return hostseed(Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new));
    }

    @Test
    void images_that_are_nowhere_are_named_with_the_way_to_get_them() throws Exception {
        var file = Files.writeString(
                directory.resolve("compose.yaml"),
                "services: {web: {image: example/none:1}, db: {image: example/no:2}}");

        var ended = hostseed(
                "build", "--offline", file.toString(), "--docker-socket", "/nonexistent", "-o", directory + "/out");

        assertThat(ended.code()).isEqualTo(4);
        assertThat(ended.output()).contains("example/none:1", "example/no:2").doesNotContain("\tat ");
    }

    @Test
    void an_engine_that_is_not_there_is_told_by_its_socket() throws Exception {
        var bundle = Files.createDirectory(directory.resolve("bundle"));
        Files.writeString(bundle.resolve("oci-layout"), "{}");

        assertThat(hostseed("load", "--bundle", bundle.toString(), "--docker-socket", "/nonexistent")
                        .output())
                .doesNotContain("\tat ")
                .startsWith("hostseed: ");
        assertThat(hostseed("run", "-p", "nothing", "web").output()).contains("there is no /var/lib/hostseed/nothing");
    }

    private record Ended(int code, String output) {}

    private Ended hostseed(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(System.getProperty("hostseed.home") + "/bin/hostseed"));
        all.addAll(List.of(words));
        var process = new ProcessBuilder(all)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
