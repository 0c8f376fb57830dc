package dev.hostseed.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.MalformedDataException;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EngineTest {
    private static final String ONE = "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{\"Id\":\"x\"}";
    private static final String CHUNKS =
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4;x=y\r\n{\"Id\r\n6\r\n\":\"x\"}\r\n0\r\nT: 1\r\n\r\n";
    private static final Data X = Data.mapping().with("Id", "x");

    @TempDir
    Path directory;

    @Test
    void the_lower_version_of_both_sides_is_spoken() throws IOException {
        try (var fake = FakeEngine.saying(directory, ONE)) {
            fake.engine().find("/containers/web/json");

            assertThat(fake.requests().getLast()).startsWith("GET /v1.45/containers/web/json HTTP/1.1\r\nHost: ");
        }
    }

    @Test
    void an_engine_newer_than_we_is_spoken_to_in_our_version() throws IOException {
        try (var fake = FakeEngine.start(
                directory, FakeEngine.PONG.replace("1.45", "1.99"), connection -> FakeEngine.send(connection, ONE))) {
            fake.engine().post("/x", Data.mapping().with("a", 1));

            assertThat(fake.requests().getLast()).startsWith("POST /v1.52/x ").contains("Content-Length: 7\r\n");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\nApi-Version: 1.40\r\nServer: Docker/19\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nApi-Version: 1.41\r\nServer: Libpod/4.3.1 (linux)\r\n\r\nOK",
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>",
                "HTTP/1.1 404 Not Found\r\n\r\n",
                "HTTP/1.1 503 Unavailable\r\n\r\n{\"message\":\"containerd is gone\"}",
                "HTTP/1.1 200 OK\r\nApi-Version: 1.x\r\nServer: Docker\r\n\r\n",
            })
    void what_is_not_a_docker_engine_we_can_speak_to_is_said(String pong) throws IOException {
        try (var fake = FakeEngine.start(directory, pong, connection -> {})) {
            assertThatThrownBy(() -> fake.engine().ping())
                    .isInstanceOf(EngineUnreachableException.class)
                    .hasMessageContaining("fake.sock");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ONE_BYTE_AFTER_ANOTHER, "at once"})
    void a_reply_is_understood_however_it_comes(String how) throws IOException {
        for (var reply : new String[] {ONE, CHUNKS, "HTTP/1.1 200 OK\r\n\r\n{\"Id\":\"x\"}"}) {
            var fresh = Files.createTempDirectory(directory, "d");
            try (var fake = FakeEngine.start(fresh, connection -> {
                for (var i = 0; i < reply.length() && how.equals(ONE_BYTE_AFTER_ANOTHER); i++) {
                    FakeEngine.send(connection, reply.substring(i, i + 1));
                }
                if (!how.equals(ONE_BYTE_AFTER_ANOTHER)) {
                    FakeEngine.send(connection, reply);
                }
            })) {
                assertThat(fake.engine().find("/x")).contains(X);
            }
        }
    }

    private static final String ONE_BYTE_AFTER_ANOTHER = "one byte after another";

    @Test
    void a_reply_that_breaks_off_anywhere_is_a_failure() throws IOException {
        for (var reply : new String[] {ONE, CHUNKS}) {
            for (var length = 0; length < reply.length() - 1; length++) {
                var part = reply.substring(0, length);
                var fresh = Files.createTempDirectory(directory, "d");
                try (var fake = FakeEngine.saying(fresh, part)) {
                    assertThatThrownBy(() -> fake.engine().find("/x"))
                            .as("'%s'", part)
                            .isInstanceOf(EngineLostException.class)
                            .cause()
                            .isInstanceOfAny(EOFException.class, ProtocolException.class, MalformedDataException.class);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello\r\n\r\n",
                "HTTP/1.1 2x0 OK\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nno colon\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n{}",
            })
    void what_is_not_http_is_refused(String reply) throws IOException {
        try (var fake = FakeEngine.saying(directory, reply)) {
            assertThatThrownBy(() -> fake.engine().find("/x"))
                    .isInstanceOf(EngineLostException.class)
                    .hasCauseInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void a_reply_beyond_all_measure_is_refused() throws IOException {
        try (var fake = FakeEngine.start(directory, connection -> {
            FakeEngine.send(connection, "HTTP/1.1 200 OK\r\nA: ");
            for (var i = 0; i < 10_000; i++) {
                FakeEngine.send(connection, "x".repeat(1000));
            }
        })) {
            assertThatThrownBy(() -> fake.engine().find("/x"))
                    .isInstanceOf(EngineLostException.class)
                    .hasCauseInstanceOf(ProtocolException.class);
        }
    }

    @Test
    void a_value_of_a_stream_beyond_all_measure_is_refused() throws IOException {
        try (var fake = FakeEngine.start(directory, connection -> {
            FakeEngine.send(connection, "HTTP/1.1 200 OK\r\n\r\n[0");
            for (var i = 0; i < 10_000; i++) {
                FakeEngine.send(connection, ",0".repeat(500));
            }
        })) {
            assertThatThrownBy(() -> fake.engine().upload("/images/load", out -> out.write(1), value -> {}))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("more than");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"message\":\"no \\u001b[31msuch\\u202e\\nthing\"}",
                "no [31msuch\u0007 thing",
            })
    void a_refusal_has_the_engines_words_without_control_characters(String body) throws IOException {
        try (var fake = FakeEngine.saying(directory, "HTTP/1.1 409 Conflict\r\n\r\n" + body)) {
            assertThatThrownBy(() -> fake.engine().post("/x", Data.Null.NULL))
                    .isInstanceOf(EngineRefusedException.class)
                    .hasMessage("no [31msuch thing")
                    .extracting(refused -> ((EngineRefusedException) refused).status())
                    .isEqualTo(409);
        }
    }

    @Test
    void an_empty_refusal_still_says_its_status() throws IOException {
        try (var fake = FakeEngine.saying(directory, "HTTP/1.1 500 Internal Server Error\r\n\r\n")) {
            assertThatThrownBy(() -> fake.engine().post("/x", Data.Null.NULL)).hasMessage("status 500");
        }
    }

    @Test
    void a_reply_before_the_body_was_read_wins_over_the_broken_pipe() throws IOException {
        try (var fake = FakeEngine.saying(
                directory, "HTTP/1.1 400 Bad Request\r\nContent-Length: 19\r\n\r\n{\"message\":\"enough\"}")) {
            assertThatThrownBy(() -> fake.engine().upload("/images/load", EngineTest::endless, value -> {}))
                    .isInstanceOf(EngineRefusedException.class)
                    .hasMessageContaining("enough");
        }
    }

    @Test
    void a_reply_that_streams_while_the_body_is_sent_blocks_nobody() throws IOException {
        var line = "{\"status\":\"" + "x".repeat(1000) + "\"}\r\n";
        try (var fake = FakeEngine.start(directory, connection -> {
            FakeEngine.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: " + 2000 * line.length() + "\r\n\r\n");
            for (var i = 0; i < 2000; i++) { // more than both buffers hold, before the first byte is read
                FakeEngine.send(connection, line);
            }
            while (connection.read(ByteBuffer.allocate(1 << 16)) >= 0) {
                // to the end: to hang up on unread bytes would reset the connection under the reply
            }
        })) {
            var values = new ArrayList<Data>();

            fake.engine().upload("/images/load", out -> out.write(new byte[4 << 20]), values::add);

            assertThat(values).hasSize(2000);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 4096, 65_527, 65_528, 65_529, 131_056, 300_000})
    void a_body_of_any_size_arrives_as_it_was_written(int size) throws IOException {
        var written = new byte[size];
        new Random(size).nextBytes(written);
        var arrived = new ByteArrayOutputStream();
        try (var fake = FakeEngine.start(directory, connection -> {
            new ChunkedInput(new ReplyInput(Channels.newInputStream(connection))).transferTo(arrived);
            FakeEngine.send(connection, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}");
        })) {
            fake.engine()
                    .upload(
                            "/images/load",
                            out -> {
                                for (int at = 0, piece = 1;
                                        at < size;
                                        at += piece, piece = Math.min(2 * piece, size - at)) {
                                    out.write(written, at, piece);
                                }
                            },
                            value -> {});
        }

        assertThat(arrived.toByteArray()).isEqualTo(written);
    }

    @Test
    void a_body_that_cannot_be_made_is_what_is_reported() throws IOException {
        try (var fake = FakeEngine.start(directory, connection -> {
            while (connection.read(ByteBuffer.allocate(1 << 16)) >= 0) {
                // to the end
            }
        })) {
            assertThatThrownBy(() -> fake.engine()
                            .upload(
                                    "/images/load",
                                    out -> {
                                        throw new IOException("the disk is gone");
                                    },
                                    value -> {}))
                    .hasMessage("the disk is gone");
        }
    }

    @Test
    void an_engine_that_says_nothing_is_given_up() throws IOException {
        try (var fake = FakeEngine.start(directory, connection -> connection.read(ByteBuffer.allocate(1)))) {
            var engine = fake.engine().withIdleTimeout(Duration.ofMillis(100));

            assertThatThrownBy(() -> engine.find("/x")).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> engine.upload("/x", EngineTest::endless, value -> {}))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void nobody_there_is_said_with_path_and_remedy() throws IOException {
        var file = Files.createFile(directory.resolve("file"));

        for (var path : new Path[] {directory.resolve("none"), file, directory}) {
            assertThatThrownBy(() -> Engine.at(path).ping())
                    .isInstanceOf(EngineUnreachableException.class)
                    .hasMessageContaining(path.toString())
                    .hasMessageEndingWith("is docker.service running?");
        }
        assertThatThrownBy(() -> Engine.at(Path.of("/" + "x".repeat(300))).ping())
                .isInstanceOf(EngineUnreachableException.class);
    }

    @Test
    void a_target_that_would_end_the_request_line_is_our_own_fault() throws IOException {
        try (var fake = FakeEngine.saying(directory, ONE)) {
            assertThatThrownBy(() -> fake.engine().find("/x HTTP/1.1\r\nEvil: 1"))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void D01_an_engine_that_comes_late_is_waited_for() throws IOException {
        var late = directory.resolve("fake.sock");
        var told = new ArrayList<String>();
        var fake = new ArrayList<FakeEngine>();
        Engine.at(late).await(Duration.ofSeconds(60), why -> {
            told.add(why);
            if (told.size() == 2) {
                fake.add(started());
            }
        });

        assertThat(told).hasSize(2).allMatch(why -> why.contains(late + ": it does not exist"));
        fake.getFirst().close();
    }

    private FakeEngine started() {
        try {
            return FakeEngine.saying(directory, ONE);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Test
    void D01_an_engine_that_does_not_come_is_given_up() {
        var nobody = directory.resolve("none");

        assertThatThrownBy(() -> Engine.at(nobody).await(Duration.ofMillis(1), why -> {}))
                .isInstanceOf(EngineUnreachableException.class)
                .hasMessageContaining(nobody.toString());
    }

    @Test
    void D01_a_socket_to_which_nobody_listens_any_more_is_said() throws IOException {
        var fake = FakeEngine.saying(directory, ONE);
        fake.close();

        assertThatThrownBy(() -> fake.engine().ping())
                .isInstanceOf(EngineUnreachableException.class)
                .hasMessageContaining("refused")
                .hasMessageEndingWith("is docker.service running?");
    }

    @Test
    void D04_one_that_hangs_up_without_a_word_is_no_engine() throws IOException {
        try (var fake = FakeEngine.start(directory, "", connection -> {})) {
            assertThatThrownBy(() -> fake.engine().ping())
                    .isInstanceOf(EngineUnreachableException.class)
                    .hasMessageContaining(
                            "what answers at " + directory.resolve("fake.sock") + " is not the Docker Engine");
        }
    }

    @Test
    void D12_an_engine_that_stops_within_the_body_is_given_up() throws IOException {
        try (var fake = FakeEngine.start(directory, connection -> {
            connection.read(ByteBuffer.allocate(100_000));
            hang();
        })) {
            var engine = fake.engine().withIdleTimeout(Duration.ofMillis(100));

            assertThatThrownBy(() -> engine.upload("/x", EngineTest::endless, value -> {}))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("did nothing for 0.1 s")
                    .hasMessageContaining("restart docker.service");
        }
    }

    @Test
    void D12_an_engine_that_answers_a_byte_now_and_then_is_given_up() throws IOException {
        try (var fake = FakeEngine.start(directory, connection -> {
            FakeEngine.send(connection, "HTTP/1.1 200 OK\r\n\r\n");
            while (true) {
                FakeEngine.send(connection, " ");
                pause();
            }
        })) {
            var engine = fake.engine().withIdleTimeout(Duration.ofMillis(100)).withTotalTimeout();

            assertThatThrownBy(() -> engine.find("/x")).isInstanceOf(SocketTimeoutException.class);
            assertThatThrownBy(() -> engine.upload("/x", out -> out.write(1), value -> {}))
                    .isInstanceOf(SocketTimeoutException.class)
                    .hasMessageContaining("it seems to hang");
        }
    }

    @Test
    void D12_an_engine_that_reads_a_byte_now_and_then_is_given_up() throws IOException {
        try (var fake = FakeEngine.start(directory, connection -> {
            while (connection.read(ByteBuffer.allocate(1000)) > 0) {
                pause();
            }
        })) {
            var engine = fake.engine().withIdleTimeout(Duration.ofMillis(300)).withTotalTimeout();

            assertThatThrownBy(() -> engine.upload("/x", EngineTest::endless, value -> {}))
                    .isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void how_it_is_set_up_is_asked_once_by_whoever_asks_first() throws Exception {
        try (var fake = FakeEngine.start(directory, connection -> {
            for (var i = 0; i < 10; i++) {
                pause(); // long enough for the other to ask, too
            }
            FakeEngine.send(connection, ONE);
        })) {
            var engine = fake.engine();
            try (var threads = Executors.newFixedThreadPool(2)) {
                var answers = threads.invokeAll(List.of(engine::info, engine.withTotalTimeout()::info));
                for (var answer : answers) {
                    assertThat(answer.get()).isEqualTo(X);
                }
            }

            assertThat(fake.requests())
                    .filteredOn(head -> head.contains("/info "))
                    .hasSize(1);
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(20);
        } catch (InterruptedException asked) {
            throw new IOException(asked);
        }
    }

    /// For longer than anybody here waits.
    private static void hang() throws IOException {
        for (var i = 0; i < 1000; i++) {
            pause();
        }
    }

    private static void endless(OutputStream out) throws IOException {
        while (true) {
            out.write(new byte[1 << 16]);
        }
    }
}
