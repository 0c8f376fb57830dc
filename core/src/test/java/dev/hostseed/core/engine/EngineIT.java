package dev.hostseed.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineIT {
    private final TestEngine daemon;
    private final Engine engine;

    EngineIT() throws IOException, InterruptedException {
        daemon = TestEngine.start(false);
        engine = Engine.at(daemon.socket());
    }

    @BeforeAll
    void make_an_image() throws IOException, InterruptedException {
        daemon.busybox("example/busybox:1");
    }

    @AfterAll
    void stop() throws IOException {
        daemon.close();
    }

    @Test
    void what_is_there_is_found_and_what_is_not_is_nothing() throws IOException {
        engine.ping();

        assertThat(engine.speaks(41)).isTrue();
        assertThat(engine.speaks(53)).isFalse();
        assertThat(engine.find("/images/example/busybox:1/json")).isPresent();
        assertThat(engine.find("/images/example/absent:1/json")).isEmpty();
    }

    @Test
    void a_container_is_made_started_and_deleted() throws IOException {
        var body = Data.mapping()
                .with("Image", "example/busybox:1")
                .with("NetworkDisabled", true)
                .with("Cmd", Data.texts(List.of("/bin/sleep", "600")));

        var made = engine.post("/containers/create?name=made", body);
        engine.post("/containers/made/start", Data.Null.NULL);

        assertThat(made).isInstanceOf(Data.Mapping.class);
        assertThat(engine.post("/containers/made/start", Data.Null.NULL)).isEqualTo(Data.Null.NULL);
        assertThat(engine.delete("/containers/made?force=1")).isTrue();
        assertThat(engine.delete("/containers/made?force=1")).isFalse();
    }

    @Test
    void a_refusal_has_the_engines_own_words() {
        assertThatThrownBy(() -> engine.post(
                        "/containers/create?name=never", Data.mapping().with("Image", "example/absent:1")))
                .isInstanceOf(EngineRefusedException.class)
                .hasMessageContaining("No such image: example/absent:1");
    }

    @Test
    void an_image_goes_out_and_comes_back(@TempDir Path directory) throws IOException {
        var archive = directory.resolve("image.tar");
        try (var in = engine.download("/images/example/busybox:1/get")) {
            Files.copy(in, archive);
        }
        var said = new ArrayList<Data>();

        engine.upload("/images/load?quiet=1", out -> Files.copy(archive, out), said::add);

        assertThat(said.toString()).contains("Loaded image: example/busybox:1");
    }

    @Test
    void a_load_that_fails_says_so_in_its_reply() throws IOException {
        var said = new ArrayList<Data>();

        assertThatThrownBy(() -> {
                    engine.upload("/images/load?quiet=1", out -> out.write(new byte[1 << 20]), said::add);
                    throw new IOException(said.toString());
                })
                .isInstanceOf(IOException.class)
                .hasMessageNotContaining("Broken pipe");
    }
}
