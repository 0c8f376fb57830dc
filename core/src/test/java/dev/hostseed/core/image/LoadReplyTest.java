package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Json;
import dev.hostseed.core.engine.EngineLostException;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoadReplyTest {
    private static final LockedImage IMAGE = new LockedImage(
            ImageReference.parse("a/one:1"),
            "",
            new Platform("linux", "amd64", ""),
            Sum.of(new byte[1]),
            Sum.of(new byte[2]),
            Digest.of(new byte[3]),
            List.of());

    @Test
    void a_loaded_image_after_progress_is_success() {
        assertThatCode(() -> check("""
                {"status":"Loading layer","progressDetail":{"current":1,"total":2},"id":"5f70bf18a086"}
                {"stream":"Loaded image: a/one:1\\n"}
                """)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errorDetail\":{\"message\":\"no space left on device\"},\"error\":\"no space left on device\"}",
                "{\"stream\":\"Loaded image: a/one:1\"}{\"stream\":\"Error unpacking image a/one:1: no space left on device\"}",
                "{\"error\":\"no space left on device\"}{\"stream\":\"Loaded image: a/one:1\"}"
            })
    void an_error_anywhere_is_a_failure_in_the_words_of_the_engine(String reply) {
        assertThatThrownBy(() -> check(reply))
                .isInstanceOf(EngineRefusedException.class)
                .hasMessageContaining("cannot load a/one:1: ")
                .hasMessageContaining("no space left on device");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"failed to copy: failed to send write: EOF: unknown", "grpc: the client connection is closing"})
    void a_store_that_goes_down_is_no_refusal(String error) {
        assertThatThrownBy(() -> check("{\"errorDetail\":{},\"error\":\"" + error + "\"}"))
                .isInstanceOf(EngineLostException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"errorDetail\":{}}", "{\"stream\":\"\"}", "{\"stream\":1}"})
    void silence_is_a_failure(String reply) {
        assertThatThrownBy(() -> check(reply)).isInstanceOf(EngineRefusedException.class);
    }

    @Test
    void control_characters_of_the_engine_do_not_reach_the_terminal() {
        assertThatThrownBy(() -> check("{\"error\":\"a\\u001b[31mb\"}")).hasMessageEndingWith("a [31mb");
    }

    private static void check(String reply) throws IOException {
        var heard = new LoadReply(IMAGE, Progress.SILENT);
        Json.forEach(new ByteArrayInputStream(reply.getBytes(UTF_8)), heard::take);
        heard.check();
    }
}
