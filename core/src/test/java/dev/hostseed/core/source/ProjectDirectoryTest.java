package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.ProjectFile;
import dev.hostseed.core.problem.Problem;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProjectDirectoryTest {
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

    private void write(String path, int bytes, String permissions) throws IOException {
        var file = project.resolve(path);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }

    private Reading readingWithBind(String source) throws IOException {
        Files.writeString(
                project.resolve("compose.yaml"), "services: {a: {image: 'a:1', volumes: ['%s:/x']}}".formatted(source));
        return ComposeReader.read(project.resolve("compose.yaml"), Map.of());
    }

    private Host hostWithBind(String source) throws IOException {
        return ((Reading.Accepted) readingWithBind(source)).host();
    }

    private String refusalOfBind(String source) throws IOException {
        return ((Reading.Rejected) readingWithBind(source))
                .problems()
                .getFirst()
                .what();
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, 0600",
        "rw-r-----, 0640",
        "rw-rw-rw-, 0644",
        "rwxrwxrwx, 0755",
        "r--r--r--, 0444",
        "rwx------, 0700",
    })
    void a_file_keeps_its_mode_but_for_writing_by_others(String permissions, String mode) throws IOException {
        write("file", 1, permissions);

        assertThat(hostWithBind("./file").project().files())
                .map(ProjectFile::mode)
                .containsExactly(new FileMode(Integer.parseInt(mode, 8)));
    }

    @Test
    void the_whole_project_can_be_bound() throws IOException {
        write("src/main.py", 3, "rw-r--r--");
        write(".git/HEAD", 3, "rw-r--r--");

        var host = hostWithBind(".");

        assertThat(host.project().files())
                .map(ProjectFile::path)
                .containsExactly(".git/HEAD", "compose.yaml", "src/main.py");
        assertThat(host.project().services().getFirst().connections().mounts())
                .map(mount -> ((Mount.ProjectBind) mount).path())
                .isEqualTo(List.of("."));
    }

    @Test
    void what_is_too_large_is_told_with_its_largest_entries() throws IOException {
        write("dist/a", 9 << 20, "rw-r--r--");
        write("dist/b", 5 << 20, "rw-r--r--");
        write(".git/pack", 3 << 20, "rw-r--r--");
        write("src/main.py", 1 << 19, "rw-r--r--");

        assertThat(refusalOfBind("."))
                .isEqualTo("'.' holds 17.5 MiB, more than the 16.0 MiB that travel: dist 14.0 MiB, .git 3.0 MiB,"
                        + " src 0.5 MiB, …");
    }

    @Test
    void several_binds_share_one_limit() throws IOException {
        write("a/x", 10 << 20, "rw-r--r--");
        write("b/x", 10 << 20, "rw-r--r--");

        assertThat(refusalOfBind("./a:/a', './b")).isEqualTo("'b/x' takes the project's files beyond 16 MiB");
    }

    @Test
    void an_empty_directory_is_refused_and_one_within_is_told() throws IOException {
        Files.createDirectories(project.resolve("void"));
        write("some/x", 1, "rw-r--r--");
        Files.createDirectories(project.resolve("some/void"));

        assertThat(refusalOfBind("./void")).isEqualTo("'void' is empty, and a seed carries files only");
        assertThat(((Reading.Accepted) readingWithBind("./some")).problems())
                .map(Problem::what)
                .contains("the directory 'some/void' is empty, ignoring");
    }

    @Test
    void a_link_out_of_the_project_is_refused() throws IOException {
        Files.writeString(disk.getPath("/work/secret"), "x");
        Files.createDirectories(project.resolve("d"));
        Files.createSymbolicLink(project.resolve("d/link"), disk.getPath("/work/secret"));
        Files.createSymbolicLink(project.resolve("out"), disk.getPath("/work"));

        assertThat(refusalOfBind("./d")).isEqualTo("'d/link' is not a regular file of the project");
        assertThat(refusalOfBind("./out")).isEqualTo("'out' is a symbolic link out of the project directory");
    }

    @Test
    void a_file_name_with_a_line_end_is_refused() throws IOException {
        write("d/a\nb", 1, "rw-r--r--");

        assertThat(refusalOfBind("./d")).contains("has a character that no list of files can hold");
    }
}
