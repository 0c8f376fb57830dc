package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.problem.ProblemText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GrantedFilesTest {
    private static final String VALUE = "hunter2";

    private final FileSystem disk = Jimfs.newFileSystem(
            Configuration.unix().toBuilder().setAttributeViews("posix").build());
    private final Path project = disk.getPath("/work/shop");

    @BeforeEach
    void makeProject() throws IOException {
        Files.createDirectories(project);
    }

    @AfterEach
    void closeDisk() throws IOException {
        disk.close();
    }

    private void write(String path, byte[] content, String permissions) throws IOException {
        var file = project.resolve(path).normalize();
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private void write(String path, String permissions) throws IOException {
        write(path, VALUE.getBytes(StandardCharsets.UTF_8), permissions);
    }

    private Reading read(String... lines) throws IOException {
        Files.write(project.resolve("compose.yaml"), List.of(lines));
        return ComposeReader.read(project.resolve("compose.yaml"), Map.of("HOME", "/home/me", "TOKEN", VALUE));
    }

    private Reading readWithSecret(String source) throws IOException {
        return read("services: {a: {image: 'a:1', secrets: [s]}}", "secrets: {s: {" + source + "}}");
    }

    private static Project accepted(Reading reading) {
        return switch (reading) {
            case Reading.Accepted(var host, var warnings) -> host.project();
            case Reading.Rejected(var problems) -> throw new AssertionError(problems);
        };
    }

    private static Stream<String> whats(Reading reading, Problem.Severity severity) {
        var problems = switch (reading) {
            case Reading.Accepted(var host, var warnings) -> warnings;
            case Reading.Rejected(var all) -> all;
        };
        return problems.stream().filter(p -> p.severity() == severity).map(Problem::what);
    }

    private static Stream<String> warnings(Reading reading) {
        return whats(reading, Problem.Severity.WARNING).filter(what -> !what.startsWith("the seed carries"));
    }

    private static GrantedFile secret(String content) {
        return new GrantedFile(Kind.SECRET, new ResourceName("s"), Bytes.of(content));
    }

    @Test
    void a_file_is_taken_byte_for_byte() throws IOException {
        var random = new Random(7);
        var content = new byte[1 << 20];
        random.nextBytes(content);
        write("secrets/s", content, "rw-------");

        var reading = readWithSecret("file: ./secrets/s");

        assertThat(accepted(reading).granted())
                .containsExactly(new GrantedFile(Kind.SECRET, new ResourceName("s"), Bytes.of(content)));
        assertThat(warnings(reading)).isEmpty();
    }

    @Test
    void a_variable_is_taken_without_a_newline() throws IOException {
        assertThat(accepted(readWithSecret("environment: TOKEN")).granted()).containsExactly(secret(VALUE));
    }

    @Test
    void a_secret_that_others_may_read_here_is_told() throws IOException {
        for (var permissions : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            write("s", permissions);

            assertThat(warnings(readWithSecret("file: s")))
                    .as(permissions)
                    .containsExactly("others on this machine may use 's'");
        }
    }

    @Test
    void a_secret_of_somebody_else_is_told() throws IOException {
        write("s", "rw-------");
        var nobody = disk.getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        Files.setOwner(project.resolve("s"), nobody);

        assertThat(warnings(readWithSecret("file: s"))).containsExactly("'s' is not of the project's owner");
    }

    @Test
    void a_config_may_be_read_by_everybody() throws IOException {
        write("c", "rw-r--r--");

        var reading = read("services: {a: {image: 'a:1', configs: [c]}}", "configs: {c: {file: c}}");

        assertThat(warnings(reading)).isEmpty();
        assertThat(accepted(reading).granted()).hasSize(1);
    }

    @Test
    void one_that_lies_elsewhere_is_taken_and_told() throws IOException {
        write("../elsewhere/s", "rw-------");
        write("/etc/s", "rw-------");
        write("/home/me/s", "rw-------");
        for (var path : List.of("../elsewhere/s", "/etc/s", "~/s")) {
            var reading = readWithSecret("file: " + path);

            assertThat(accepted(reading).granted()).as(path).containsExactly(secret(VALUE));
            assertThat(warnings(reading)).containsExactly("'" + path + "' is not of this project; it travels with it");
        }
    }

    @Test
    void a_secret_below_a_directory_that_is_mounted_is_told() throws IOException {
        write("all/s", "rw-------");

        var reading = read(
                "services: {a: {image: 'a:1', secrets: [s], volumes: ['./all:/all']}}", "secrets: {s: {file: all/s}}");

        assertThat(warnings(reading)).containsExactly("'all/s' is a secret, and among the files that 'volumes' mount");
    }

    @Test
    void what_no_service_is_granted_is_neither_needed_nor_taken() throws IOException {
        write("s", "rw-r--r--");

        var reading = read(
                "services: {a: {image: 'a:1'}, b: {image: 'b:1', profiles: [p], secrets: [t]}}",
                "secrets: {s: {file: s}, t: {file: none}}");

        assertThat(accepted(reading).granted()).isEmpty();
        assertThat(warnings(reading)).isEmpty();
    }

    @Test
    void what_is_too_large_for_a_credential_is_refused() throws IOException {
        write("s", new byte[(1 << 20) + 1], "rw-------");

        assertThat(whats(readWithSecret("file: s"), Problem.Severity.ERROR))
                .containsExactly("'s' is not a file of at most 1 MiB");
    }

    @Test
    void all_together_have_a_limit() throws IOException {
        write("c", new byte[1 << 20], "rw-r--r--");
        var names = IntStream.range(0, 17).mapToObj(i -> "c" + i).toList();

        var reading = read(
                "services: {a: {image: 'a:1', configs: [" + String.join(", ", names) + "]}}",
                "configs: {" + String.join(": {file: c}, ", names) + ": {file: c}}");

        assertThat(whats(reading, Problem.Severity.ERROR)).containsExactly("more than 16 MiB of secrets and configs");
    }

    @Test
    void a_later_file_replaces_the_grant_for_the_same_target() throws IOException {
        Files.writeString(
                project.resolve("compose.override.yaml"),
                "services: {a: {secrets: [{source: s, target: /run/secrets/s, mode: 0400}]}}\n");
        Files.writeString(
                project.resolve("compose.yaml"),
                "services: {a: {image: 'a:1', secrets: [s]}}\nsecrets: {s: {environment: TOKEN}}\n");
        var files = Stream.of("compose.yaml", "compose.override.yaml").map(project::resolve);

        var reading = ComposeReader.read(new ComposeInput(
                files.toList(), Optional.empty(), Optional.empty(), List.of(), Set.of(), Map.of("TOKEN", VALUE)));

        assertThat(accepted(reading).services().getFirst().connections().mounts())
                .singleElement()
                .isInstanceOfSatisfying(
                        Mount.Granted.class,
                        grant -> assertThat(grant.mode().toString()).isEqualTo("0400"));
    }

    @Test
    void no_text_has_the_value_of_a_secret() throws IOException {
        write("s", "rw-r--r--");
        for (var source : List.of("file: s", "environment: TOKEN", "content: " + VALUE, "content: [" + VALUE + "]")) {
            var reading = readWithSecret(source);

            var text = switch (reading) {
                case Reading.Accepted(var host, var warnings) -> host + texts(warnings);
                case Reading.Rejected(var problems) -> texts(problems);
            };
            assertThat(text).as(source).isNotEmpty().doesNotContain(VALUE);
        }
    }

    private static String texts(List<Problem> problems) {
        return String.join("", problems.stream().map(ProblemText::of).toList());
    }
}
