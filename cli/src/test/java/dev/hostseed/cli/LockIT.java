package dev.hostseed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.cli.CommandLineProject.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The lock beside a Compose file, from the command line.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LockIT {
    @TempDir
    private Path directory;

    private @Nullable CommandLineProject project;

    @BeforeEach
    void prepare() throws Exception {
        project = CommandLineProject.in(directory);
        archive("one");
    }

    @Test
    void what_changed_is_told_and_counted() throws Exception {
        assertThat(bundle()).isEqualTo(new Ended(0, "bundle: 1 image\n"));
        var first = lock();
        assertThat(first)
                .isEqualTo(Files.readString(directory.resolve("bundle/hostseed.lock")))
                .contains("\"project\": \"shop\"", "\"version\": 1");

        archive("another");
        var changed = bundle();

        assertThat(changed.code()).isZero();
        assertThat(changed.output())
                .contains("~ example/web:1  sha256:")
                .contains("1 of 1 layer new, ")
                .endsWith("bundle: 1 image\n");
        assertThat(lock()).contains("\"version\": 2");
    }

    @Test
    void what_is_locked_may_not_change() throws Exception {
        assertThat(bundle("--locked"))
                .isEqualTo(new Ended(
                        4, "hostseed: hostseed.lock: missing; build once without --locked, and keep what it writes\n"));
        bundle();
        var first = lock();
        assertThat(bundle("--locked").code()).isZero();

        archive("another");
        var refused = bundle("--locked");

        assertThat(refused.code()).isEqualTo(4);
        assertThat(refused.output())
                .startsWith("hostseed: the images are not those that the lock pins:\n  ~ example/web:1  sha256:");
        assertThat(lock()).isEqualTo(first);
        assertThat(Files.readString(directory.resolve("bundle/hostseed.lock"))).isEqualTo(first);
    }

    @Test
    void the_options_of_the_lock_are_checked() throws Exception {
        bundle();

        assertThat(bundle("--locked", "--update").output())
                .startsWith("hostseed: --locked and --update contradict each other");
        assertThat(bundle("--update", "example/nobody:1").output())
                .startsWith("hostseed: no service has the image 'example/nobody:1' that is to be updated");
        assertThat(bundle("--update", "example/web:1").code()).isZero();
        assertThat(bundle("--update").code()).isZero();
        assertThat(bundle("--lock", "elsewhere.lock").code()).isZero();
        assertThat(directory.resolve("elsewhere.lock")).hasContent(lock());
        Files.writeString(directory.resolve("hostseed.lock"), lock().replace("\"shop\"", "\"shop\" "));
        assertThat(bundle().output()).isEqualTo("hostseed: hostseed.lock: changed by hand; build the bundle again\n");
    }

    private String lock() throws IOException {
        return Files.readString(directory.resolve("hostseed.lock"));
    }

    /// An image whose one layer holds `content`.
    private void archive(String content) throws Exception {
        project().layer("layer.tar", "content", content);
        project().archive("web", List.of(), "layer.tar");
    }

    private Ended bundle(String... more) throws Exception {
        return project().bundle(more);
    }

    private CommandLineProject project() {
        return Objects.requireNonNull(project);
    }
}
