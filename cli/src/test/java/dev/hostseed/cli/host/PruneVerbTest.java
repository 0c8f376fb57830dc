package dev.hostseed.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.testing.ScriptedEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// By its exit codes, which are those of every verb that speaks to the Engine.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PruneVerbTest {
    @TempDir
    private Path root = Path.of("/nonexistent");

    @Test
    void a_host_with_nothing_to_prune_is_well() throws IOException {
        try (var fake = ScriptedEngine.start(root, 44, false)) {
            assertThat(prune(fake.socket())).isZero();
            assertThat(prune(fake.socket(), "--dry-run")).isZero();
        }
    }

    @Test
    void D01_without_an_engine_it_ends_with_5() {
        assertThat(prune(root.resolve("none"))).isEqualTo(5);
        assertThat(prune(root.resolve("none"), "--docker-timeout", "1")).isEqualTo(5);
        assertThat(prune(root)).isEqualTo(5);
    }

    @Test
    void D04_with_another_engine_it_ends_with_5() throws IOException {
        try (var fake = ScriptedEngine.start(root, 40, false)) {
            assertThat(prune(fake.socket())).isEqualTo(5);
        }
    }

    @Test
    void D11_D14_with_an_engine_that_breaks_off_or_refuses_it_ends_with_6() throws IOException {
        try (var fake = ScriptedEngine.start(root, 44, false)) {
            fake.fault((request, in, out) -> request.startsWith("GET /system/df"));
            assertThat(prune(fake.socket())).isEqualTo(6);
            fake.fault((request, in, out) -> {
                if (request.startsWith("GET /system/df")) {
                    ScriptedEngine.reply(out, 500, Data.mapping().with("message", "not today"));
                    return true;
                }
                return false;
            });
            assertThat(prune(fake.socket())).isEqualTo(6);
        }
    }

    @Test
    void B21_with_a_lock_that_cannot_be_read_it_ends_with_4() throws IOException {
        var project = Files.createDirectories(root.resolve("var/lib/hostseed/shop"));
        var bundle = Files.createDirectories(project.resolve("releases/r1/bundle"));
        Files.writeString(bundle.resolve("hostseed.lock"), "{\"schema\": 99}");
        Files.createSymbolicLink(project.resolve("current"), Path.of("releases/r1"));
        try (var fake = ScriptedEngine.start(root, 44, false)) {
            assertThat(prune(fake.socket())).isEqualTo(4);
            assertThat(fake.changes()).isEmpty();
        }
    }

    private int prune(Path socket, String... more) {
        var words = new ArrayList<>(
                List.of("prune", "--quiet", "--root", root.toString(), "--docker-socket", socket.toString()));
        words.addAll(List.of(more));
        return HostMain.run(words.toArray(String[]::new));
    }
}
