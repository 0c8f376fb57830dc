package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineLostException;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.testing.ScriptedEngine;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Row D20 of the catalogue of faults.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StoreVerifierTest {
    private static final String REMOVED = "DELETE /containers/c1?force=1&v=1";

    @TempDir
    private Path work = Path.of("/nonexistent");

    @AutoClose
    private @Nullable ScriptedEngine started;

    @BeforeEach
    void start() throws IOException {
        started = ScriptedEngine.start(work, 44, false);
    }

    @Test
    void an_image_that_the_engine_lacks_is_named_and_no_container_made() throws IOException {
        var images = verify(bundle());

        assertThat(images).containsExactly(StoredImage.absent(ImageReference.parse("a/one:1")));
        assertThat(engine().changes()).isEmpty();
    }

    @Test
    void the_first_twenty_files_are_named_and_all_are_counted() throws IOException {
        var lock = bundle();
        shows(lock, TestImages.tar(Map.of(".dockerenv", new byte[0], "dev/console", new byte[0])));

        var image = verify(lock).getFirst();

        assertThat(image.files()).isEqualTo(30);
        assertThat(image.differing()).isEqualTo(30);
        assertThat(image.first()).hasSize(20);
        assertThat(image.first().getFirst())
                .hasToString("/file-10: expected 3 bytes, found nothing (layer %s)"
                        .formatted(lock.images()
                                .getFirst()
                                .layers()
                                .getFirst()
                                .plain()
                                .digest()));
        assertThat(engine().changes()).containsExactly("POST /containers/create", REMOVED);
    }

    @Test
    void the_container_is_removed_when_the_engine_breaks_off() throws IOException {
        var lock = bundle();
        shows(lock, Arrays.copyOf(layer(), 700));

        assertThatThrownBy(() -> verify(lock))
                .isInstanceOf(EngineLostException.class)
                .hasMessageContaining("a/one:1: the tar is cut off");

        assertThat(engine().changes()).endsWith(REMOVED);
    }

    @Test
    void containers_that_a_killed_run_left_are_removed_and_no_other() throws IOException {
        engine().containers(List.of(
                Data.mapping().with("Id", "c1").with("Labels", Data.mapping().with("dev.hostseed.verify", "")),
                Data.mapping().with("Id", "c2").with("Labels", Data.mapping())));

        verify(bundle());

        assertThat(engine().changes()).containsExactly(REMOVED);
    }

    private ScriptedEngine engine() {
        return Objects.requireNonNull(started);
    }

    private List<StoredImage> verify(Lock lock) throws IOException {
        return StoreVerifier.verify(work.resolve("bundle"), lock, Engine.at(engine().socket()), Progress.SILENT);
    }

    /// Has the Engine have the image of `lock`, and a container of it with the files of `tar`.
    private void shows(Lock lock, byte[] tar) {
        var image = lock.images().getFirst();
        var layers = image.layers().stream()
                .map(layer -> layer.plain().digest().value())
                .toList();
        engine().put(image.config().digest().value(), List.of("a/one:1"), layers);
        engine().fault((request, in, out) -> {
            if (request.startsWith("POST /containers/create")) {
                assertThat(in.read(new byte[4096])).isPositive();
                ScriptedEngine.reply(out, 201, Data.mapping().with("Id", "c1"));
            } else if (request.equals("GET /containers/c1/archive?path=/")) {
                export(out, tar);
            } else {
                return false;
            }
            return true;
        });
    }

    private static void export(OutputStream out, byte[] tar) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n"
                .formatted(tar.length)
                .getBytes(ISO_8859_1));
        out.write(tar);
    }

    private Lock bundle() throws IOException {
        var archive = Files.write(work.resolve("one.tar"), TestImages.saved("a/one:1", "amd64", List.of(layer())));
        var request = new Request(
                new ProjectName("shop"),
                new TreeSet<>(List.of(ImageReference.parse("a/one:1"))),
                new Platform("linux", "amd64", ""),
                Pins.NONE);
        return Bundle.collect(
                request, List.of(new ImageSource.FromArchive(archive)), work.resolve("bundle"), Progress.SILENT);
    }

    private static byte[] layer() throws IOException {
        var files = new TreeMap<String, byte[]>();
        for (var i = 10; i < 40; i++) {
            files.put("file-" + i, new byte[3]);
        }
        return TestImages.tar(files);
    }
}
