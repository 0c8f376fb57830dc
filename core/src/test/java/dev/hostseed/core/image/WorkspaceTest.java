package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.file.Disk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WorkspaceTest {
    @TempDir
    private Path work = Path.of("/nonexistent");

    @Test
    void another_process_does_not_get_what_this_one_has() throws Exception { // a process never excludes itself
        try (var ours = Workspace.beside(work.resolve("bundle"), Disk.real())) {
            assertThat(another())
                    .contains("another run is making a bundle at the same place: ")
                    .contains(".bundle.hostseed/lock is locked");
            assertThat(ours.made()).doesNotExist();
        }

        assertThat(another()).isEqualTo("free");
        assertThat(work).isEmptyDirectory();
    }

    /// What another process says that asks for the workspace.
    private String another() throws IOException, InterruptedException {
        var classes = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(List.of(
                        java,
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        classes,
                        WorkspaceTest.class.getName(),
                        work.resolve("bundle").toString()))
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said.strip();
    }

    public static void main(String[] place) throws IOException {
        try {
            Workspace.beside(Path.of(place[0]), Disk.real()).close();
            System.out.print("free");
        } catch (BundleInUseException inUse) {
            System.out.print(inUse.getMessage());
        }
    }
}
