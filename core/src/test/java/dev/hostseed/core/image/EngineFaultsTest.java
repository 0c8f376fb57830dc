package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineFullException;
import dev.hostseed.core.engine.EngineLostException;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.image.LoadReport.Outcome;
import dev.hostseed.core.testing.ScriptedEngine;
import dev.hostseed.core.testing.ScriptedEngine.Fault;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Rows of the catalogue of faults, `D`, while a bundle is loaded: whatever the Engine does, nothing counts as loaded
/// that the Engine does not show, nobody waits for ever, and the next load succeeds.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EngineFaultsTest {
    private static final String LOAD = "POST /images/load";
    private static final Data LOADED = Data.mapping().with("stream", "Loaded image: a/one:1\n");

    @TempDir
    private Path work = Path.of("/nonexistent");

    private @Nullable ScriptedEngine started;

    /// Docker 20.10, 25 and later, 29; both stores where there are both.
    record Kind(int minor, boolean containerd) {}

    static Stream<Kind> kinds() {
        return Stream.of(
                new Kind(41, false), new Kind(44, false), new Kind(44, true), new Kind(52, false), new Kind(52, true));
    }

    @AfterEach
    void close() throws IOException {
        if (started != null) {
            started.close();
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D05_an_error_under_status_200_is_a_failure_in_its_words(Kind kind) throws IOException {
        var fake = start(kind);
        for (var error : List.of(
                Data.mapping()
                        .with("errorDetail", Data.mapping().with("message", "unexpected EOF"))
                        .with("error", "unexpected EOF"),
                Data.mapping().with("error", "unexpected EOF"))) {
            fake.fault(onLoad((in, out) -> {
                ScriptedEngine.body(in);
                ScriptedEngine.reply(out, 200, error);
            }));
            fails(fake, EngineRefusedException.class, "cannot load a/one:1: unexpected EOF");
        }
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D06_an_image_that_was_loaded_and_not_unpacked_is_a_failure_and_removed(Kind kind) throws IOException {
        var fake = start(kind);
        fake.fault(onLoad((in, out) -> {
            fake.take(ScriptedEngine.body(in));
            stream(out, LOADED, Data.mapping().with("stream", "Error unpacking image a/one:1: short read\n"));
        }));

        fails(fake, EngineRefusedException.class, "cannot load a/one:1: Error unpacking image a/one:1: short read");

        assertThat(fake.ids()).isEmpty();
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D07_a_load_of_which_nothing_is_said_is_a_failure(Kind kind) throws IOException {
        var fake = start(kind);
        for (var reply : List.of(Data.mapping(), Data.Null.NULL, new Data.Sequence(List.of()))) {
            fake.fault(onLoad((in, out) -> {
                ScriptedEngine.body(in);
                ScriptedEngine.reply(out, 200, reply);
            }));
            fails(fake, EngineRefusedException.class, "the Engine read it and loaded nothing");
        }
        fake.fault(onLoad((in, out) -> {
            ScriptedEngine.body(in);
            out.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(ISO_8859_1));
        }));
        fails(fake, EngineRefusedException.class, "the Engine read it and loaded nothing");
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D08_success_is_not_believed_before_the_image_was_looked_at(Kind kind) throws IOException {
        var fake = start(kind);
        fake.fault(onLoad((in, out) -> {
            ScriptedEngine.body(in);
            stream(out, LOADED);
        }));
        fails(fake, EngineRefusedException.class, "shows another image or none");

        fake.fault(onLoad((in, out) -> {
            ScriptedEngine.body(in);
            fake.put("sha256:other", List.of("a/one:1"));
            stream(out, LOADED);
        }));
        fails(fake, EngineRefusedException.class, "shows another image or none");

        assertThat(fake.named("a/one:1")).isEqualTo("sha256:other");
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D09_an_image_is_known_by_the_id_of_either_store(Kind kind) throws IOException {
        var fake = start(kind);

        assertThat(load(fake).outcomes().values()).containsExactly(Outcome.LOADED);

        var image = LockFile.read(work.resolve("bundle").resolve(Bundle.LOCK))
                .images()
                .getFirst();
        assertThat(fake.ids())
                .containsExactly(
                        (kind.containerd ? image.loaded() : image.config().digest()).value());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D10_what_came_before_a_failure_stays_and_is_not_sent_again(Kind kind) throws IOException {
        var fake = start(kind);
        var images = new LinkedHashMap<String, List<byte[]>>();
        var base = TestImages.layer("base", "base");
        images.put("a/one:1", List.of(base, TestImages.layer("one", "one")));
        images.put("a/two:1", List.of(base, TestImages.layer("two", "two")));
        TestBundles.make(work.resolve("bundle"), images);
        fake.fault(onLoad((in, out) -> {
            var body = ScriptedEngine.body(in);
            if (new String(body, ISO_8859_1).contains("a/two:1")) {
                ScriptedEngine.reply(out, 200, Data.mapping().with("error", "invalid tar header"));
            } else {
                fake.take(body);
                stream(out, LOADED);
            }
        }));

        fails(fake, EngineRefusedException.class, "cannot load a/two:1: invalid tar header");
        assertThat(fake.named("a/two:1")).isEmpty();
        var one = fake.named("a/one:1").isEmpty() ? Outcome.LOADED : Outcome.PRESENT;
        fake.fault((request, in, out) -> false);

        assertThat(load(fake).outcomes().values()).containsExactly(one, Outcome.LOADED);
        assertThat(fake.named("a/two:1")).isNotEmpty();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D11_an_engine_that_goes_away_is_sent_the_image_again(Kind kind) throws IOException {
        var fake = start(kind);
        var times = new AtomicInteger();
        fake.fault((request, in, out) -> {
            if (request.startsWith(LOAD) && times.incrementAndGet() <= 2) {
                in.readNBytes(700);
                return true; // and hangs up
            }
            return false;
        });

        assertThat(load(fake).outcomes().values()).containsExactly(Outcome.LOADED);
        assertThat(times).hasValue(3);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D11_an_engine_that_goes_away_before_it_is_sent_anything_is_asked_again(Kind kind) throws IOException {
        var fake = start(kind);
        for (var question : List.of("GET /images/a/one:1/json", "GET /images/json", "GET /info")) {
            fake.forget();
            var times = new AtomicInteger();
            fake.fault((request, in, out) -> request.startsWith(question) && times.incrementAndGet() <= 2);

            assertThat(load(fake).outcomes().values()).as(question).containsExactly(Outcome.LOADED);
            assertThat(times.get()).as(question).isGreaterThan(2);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D11_that_an_engine_which_went_away_is_waited_for_is_told(Kind kind) throws IOException {
        var fake = start(kind);
        var loads = new AtomicInteger();
        var pings = new AtomicInteger();
        fake.fault((request, in, out) -> request.startsWith(LOAD) && loads.incrementAndGet() == 1
                || request.equals("GET /_ping") && pings.incrementAndGet() == 2); // the first was before the load

        var told = new ArrayList<String>();
        var report = BundleLoader.load(work.resolve("bundle"), Engine.at(fake.socket()), (what, done, total) -> {
            synchronized (told) {
                told.add(what);
            }
        });

        assertThat(report.outcomes().values()).containsExactly(Outcome.LOADED);
        assertThat(told).contains("waiting for the Docker Engine, which went away");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D11_an_engine_that_always_goes_away_is_given_up_after_three_times(Kind kind) throws IOException {
        var fake = start(kind);
        fake.fault(onLoad((in, out) -> in.readNBytes(700)));

        fails(fake, EngineLostException.class, "the Docker Engine at " + fake.socket() + " broke off");

        assertThat(fake.changes()).hasSize(3);
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D11_an_engine_that_loaded_the_image_and_went_away_before_it_said_so_is_asked(Kind kind) throws IOException {
        var fake = start(kind);
        fake.fault(onLoad((in, out) -> fake.take(ScriptedEngine.body(in))));

        assertThat(load(fake).outcomes().values()).containsExactly(Outcome.LOADED);
        assertThat(fake.changes()).hasSize(1);
    }

    /// Every length of the beginning, then in steps.
    @ParameterizedTest
    @MethodSource("kinds")
    void D11_a_reply_that_breaks_off_anywhere_is_no_success_unless_the_image_is_there(Kind kind) throws IOException {
        var fake = start(kind);
        var reply = longReply();
        for (var length = 0; length < reply.length - 1; length += length < 100 ? 1 : 4999) {
            var part = length;
            fake.fault(onLoad((in, out) -> {
                ScriptedEngine.body(in);
                out.write(reply, 0, part);
            }));
            assertThatThrownBy(() -> load(fake)).as("cut off at " + part).isInstanceOf(IOException.class);
            assertThat(fake.ids()).isEmpty();
        }
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D11_an_answer_about_an_image_that_breaks_off_anywhere_is_no_answer(Kind kind) throws IOException {
        var fake = start(kind);
        load(fake);
        var whole = new ByteArrayOutputStream();
        fake.answer("GET /images/a/one:1/json", InputStream.nullInputStream(), whole);
        var before = fake.changes().size();
        for (var length = 0; length < whole.size() - 1; length += 7) {
            var part = length;
            fake.fault((request, in, out) -> {
                if (request.startsWith("GET /images/a/one:1")) {
                    out.write(whole.toByteArray(), 0, part);
                    return true;
                }
                return false;
            });
            assertThatThrownBy(() -> load(fake)).as("cut off at " + part).isInstanceOf(EngineLostException.class);
        }
        assertThat(fake.changes()).hasSize(before);
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D13_what_was_said_before_the_connection_broke_is_heard(Kind kind) throws IOException {
        var fake = start(kind);
        var error = Data.mapping().with("error", "invalid tar header");
        fake.fault(onLoad((in, out) -> {
            in.readNBytes(100);
            stream(out, error);
        }));

        fails(fake, EngineRefusedException.class, "cannot load a/one:1: invalid tar header");
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D14_every_refusal_is_final_and_in_the_engines_words(Kind kind) throws IOException {
        var fake = start(kind);
        for (var status : List.of(400, 404, 409, 429, 500, 503)) {
            for (var body : List.of("{\"message\":\"not today\"}", "<html>not today</html>", "not today", "")) {
                var before = fake.changes().size();
                fake.fault(onLoad((in, out) -> {
                    ScriptedEngine.body(in);
                    out.write(("HTTP/1.1 " + status + " No\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(ISO_8859_1));
                }));
                fails(fake, EngineRefusedException.class, body.isEmpty() ? "status " + status : "not today");
                assertThat(fake.changes()).hasSize(before + 1);
            }
        }
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D14_a_page_without_end_is_not_kept(Kind kind) throws IOException {
        var fake = start(kind);
        fake.fault(onLoad((in, out) -> {
            ScriptedEngine.body(in);
            out.write("HTTP/1.1 502 Bad Gateway\r\n\r\n".getBytes(ISO_8859_1));
            endless(out, "page ");
        }));

        fails(fake, EngineRefusedException.class, "page page");
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D15_replies_that_are_none_are_said_to_be_that(Kind kind) throws IOException {
        var fake = start(kind);
        for (var reply : List.of(
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\n{}\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"stream\":\"Loaded image: x\"}",
                "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n{\"stream\":\"Loaded image: x\"}",
                "HTTP/1.1 200 OK\r\n\r\n{\"stream\":\"Loaded\u00ff\u00fe image: x\"}",
                "HTTP/1.1 200 OK\r\n\r\n" + "[".repeat(100_000),
                "220 smtp.example.com ESMTP\r\n\r\n")) {
            fake.fault(onLoad((in, out) -> {
                ScriptedEngine.body(in);
                out.write(reply.getBytes(ISO_8859_1));
            }));
            fails(fake, EngineLostException.class, "the Docker Engine at " + fake.socket() + " broke off: ");
        }
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D15_an_engine_that_does_not_say_how_it_is_set_up_is_sent_nothing(Kind kind) throws IOException {
        var fake = start(kind);
        for (var reply : List.of(
                "404 Not Found\r\nContent-Length: 2\r\n\r\n{}",
                "200 OK\r\nContent-Length: 2\r\n\r\n[]",
                "200 OK\r\nContent-Length: 0\r\n\r\n")) {
            fake.fault((request, in, out) -> {
                if (request.equals("GET /info")) {
                    out.write(("HTTP/1.1 " + reply).getBytes(ISO_8859_1));
                    return true;
                }
                return false;
            });
            fails(fake, IOException.class, "answers /info with something else than an object");
        }
        assertThat(fake.changes()).isEmpty();
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D15_a_line_of_a_hundred_megabytes_is_not_held(Kind kind) throws IOException {
        var fake = start(kind);
        fake.fault(onLoad((in, out) -> {
            ScriptedEngine.body(in);
            out.write("HTTP/1.1 200 OK\r\n\r\n{\"stream\":\"".getBytes(ISO_8859_1));
            endless(out, "Loaded image: ");
        }));

        fails(fake, EngineLostException.class, "broke off: the Docker Engine answers with more than");
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D15_what_a_terminal_obeys_is_not_passed_on(Kind kind) throws IOException {
        var fake = start(kind);
        fake.fault(onLoad((in, out) -> {
            ScriptedEngine.body(in);
            ScriptedEngine.reply(out, 200, Data.mapping().with("error", "\u001b[2Jgone\u202e\r\n\u0007"));
        }));

        fails(fake, EngineRefusedException.class, "cannot load a/one:1:  [2Jgone");
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D15_a_reply_that_comes_byte_by_byte_is_a_reply(Kind kind) throws IOException {
        var fake = start(kind);
        fake.fault((request, in, out) -> {
            fake.answer(request, in, new FilterOutputStream(out)); // which writes each byte by itself
            return true;
        });

        assertThat(load(fake).outcomes().values()).containsExactly(Outcome.LOADED);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D16_a_full_disk_is_told_from_every_other_failure(Kind kind) throws IOException {
        var fake = start(kind);
        var full = "write /var/lib/docker/tmp/x: no space left on device";
        fake.fault(onLoad((in, out) -> {
            var body = ScriptedEngine.body(in);
            if (kind.containerd) {
                fake.take(body);
                stream(out, LOADED, Data.mapping().with("stream", "Error unpacking image a/one:1: " + full));
            } else {
                stream(out, Data.mapping().with("error", full));
            }
        }));

        fails(fake, EngineFullException.class, full);
        assertThat(fake.ids()).isEmpty();
        succeedsWithout(fake);
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D18_what_is_there_is_left_alone_and_asked_for_once(Kind kind) throws IOException {
        var fake = start(kind);
        load(fake);
        var before = fake.requests().size();
        var changes = fake.changes().size();

        assertThat(load(fake).outcomes().values()).containsExactly(Outcome.PRESENT);

        assertThat(fake.changes()).hasSize(changes);
        assertThat(fake.requests().size() - before).isLessThanOrEqualTo(2); // ping, the image
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void D18_what_lacks_its_name_alone_is_given_it_and_nothing_else_is_asked(Kind kind) throws IOException {
        var fake = start(kind);
        load(fake);
        var none = InputStream.nullInputStream();
        fake.answer(
                "POST /images/" + fake.ids().getFirst() + "/tag?repo=other&tag=1", none, new ByteArrayOutputStream());
        fake.answer("DELETE /images/a/one:1", none, new ByteArrayOutputStream());
        var before = fake.requests().size();

        assertThat(load(fake).outcomes().values()).containsExactly(Outcome.TAGGED);

        assertThat(fake.requests().subList(before, fake.requests().size()))
                .doesNotContain("GET /images/json", "GET /info");
    }

    private interface Reply {
        void to(InputStream in, OutputStream out) throws IOException;
    }

    private static Fault onLoad(Reply reply) {
        return (request, in, out) -> {
            if (request.startsWith(LOAD)) {
                reply.to(in, out);
                return true;
            }
            return false;
        };
    }

    /// Writes a reply in chunks, as the Engine does.
    private static void stream(OutputStream out, Data... lines) throws IOException {
        out.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n".getBytes(ISO_8859_1));
        for (var line : lines) {
            var bytes = Json.compact(line);
            out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(ISO_8859_1));
            out.write(bytes);
            out.write("\r\n".getBytes(ISO_8859_1));
        }
        out.write("0\r\n\r\n".getBytes(ISO_8859_1));
    }

    /// 64 KiB of progress, and then success.
    private static byte[] longReply() throws IOException {
        var lines = new Data[600];
        for (var i = 0; i < lines.length - 1; i++) {
            lines[i] = Data.mapping()
                    .with("status", "Loading layer")
                    .with(
                            "progressDetail",
                            Data.mapping().with("current", i * 1000L).with("total", 600_000))
                    .with("id", "5f70bf18a086");
        }
        lines[lines.length - 1] = LOADED;
        var out = new ByteArrayOutputStream();
        stream(out, lines);
        return out.toByteArray();
    }

    private static void endless(OutputStream out, String text) throws IOException {
        var bytes = text.repeat(10_000).getBytes(ISO_8859_1);
        for (var i = 0; i < 100_000_000 / bytes.length; i++) {
            out.write(bytes); // until the other side hangs up
        }
    }

    private ScriptedEngine start(Kind kind) throws IOException {
        TestBundles.make(
                work.resolve("bundle"), "a/one:1", TestImages.layer("one", "one"), TestImages.layer("two", "2"));
        started = ScriptedEngine.start(work, kind.minor, kind.containerd);
        return Objects.requireNonNull(started);
    }

    private LoadReport load(ScriptedEngine fake) throws IOException {
        return BundleLoader.load(work.resolve("bundle"), Engine.at(fake.socket()), Progress.SILENT);
    }

    private void fails(ScriptedEngine fake, Class<? extends IOException> how, String... message) {
        assertThatThrownBy(() -> load(fake)).isInstanceOf(how).hasMessageContainingAll(message);
    }

    private void succeedsWithout(ScriptedEngine fake) throws IOException {
        fake.fault((request, in, out) -> false);
        load(fake);
        assertThat(load(fake).outcomes().values()).containsExactly(Outcome.PRESENT);
    }
}
