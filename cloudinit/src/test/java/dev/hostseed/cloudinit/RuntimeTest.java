package dev.hostseed.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.FileMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(ReplaceUnderscores.class)
class RuntimeTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path temporary;

    @Test
    void its_files_keep_whether_they_can_be_run_and_no_other_mode() throws IOException {
        var directory = Inputs.runtime(temporary);
        assertThat(directory.resolve("rt/lib/modules").toFile().setWritable(true, false))
                .isTrue();

        var runtime = Runtime.at(directory);

        assertThat(runtime.buildId()).isEqualTo("0123456789abcdef");
        assertThat(runtime.files())
                .containsOnlyKeys("bin/hostseed", "build-id", "rt/lib/modules")
                .containsEntry(
                        "bin/hostseed", new FileContent.Copied(directory.resolve("bin/hostseed"), FileMode.EXECUTABLE))
                .containsEntry(
                        "rt/lib/modules",
                        new FileContent.Copied(directory.resolve("rt/lib/modules"), FileMode.READABLE));
    }

    @Test
    void a_directory_without_a_build_id_is_no_distribution() throws IOException {
        Files.delete(Inputs.runtime(temporary).resolve("build-id"));

        assertThatThrownBy(() -> Runtime.at(temporary))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessageContaining("build-id");
    }
}
