package dev.hostseed.core.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.testing.ScriptedServer;
import dev.hostseed.core.testing.ScriptedServer.Reply;
import dev.hostseed.core.testing.ScriptedServer.Request;
import dev.hostseed.core.testing.TestTls;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against servers that say what a test wants them to say.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistriesTest {
    private static final byte[] MANIFEST = "{\"schemaVersion\": 2}".getBytes(StandardCharsets.UTF_8);
    private static final String TYPE = "application/vnd.oci.image.manifest.v1+json";
    private static final byte[] BLOB = blob(50_000);

    @TempDir
    private Path home = Path.of("/nonexistent");

    private final List<ScriptedServer> servers = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final Map<String, String> environment = new TreeMap<>();
    private Duration idle = Duration.ofSeconds(20);

    @AfterEach
    void close() {
        servers.forEach(ScriptedServer::close);
    }

    @Test
    void a_manifest_comes_by_tag_and_by_digest() throws IOException {
        var server = serve(request -> manifest());

        assertThat(at(server).manifest("1.2")).satisfies(manifest -> {
            assertThat(manifest.mediaType()).isEqualTo(TYPE);
            assertThat(manifest.digest()).isEqualTo(Digest.of(MANIFEST));
            assertThat(manifest.bytes()).isEqualTo(MANIFEST);
        });
        assertThat(at(server).manifest(Digest.of(MANIFEST)).bytes()).isEqualTo(MANIFEST);
        assertThat(asked(server))
                .containsExactly("/v2/a/web/manifests/1.2", "/v2/a/web/manifests/" + Digest.of(MANIFEST));
        assertThat(server.requests().getFirst().header("accept")).contains(TYPE, "manifest.list.v2+json");
    }

    @Test
    void another_manifest_than_the_one_asked_for_is_refused() throws IOException {
        var server = serve(request -> manifest());

        assertThatThrownBy(() -> at(server).manifest(Digest.of(BLOB)))
                .isInstanceOf(WrongContentException.class)
                .hasMessageContaining("@" + Digest.of(BLOB) + ": what came is " + Digest.of(MANIFEST));
    }

    @Test
    void a_registry_that_contradicts_itself_is_refused() throws IOException {
        var server = serve(request -> Reply.of(
                200,
                "{}",
                "Content-Type",
                TYPE,
                "Docker-Content-Digest",
                Digest.of(MANIFEST).value()));

        assertThatThrownBy(() -> at(server).manifest("1.2")).isInstanceOf(WrongContentException.class);
    }

    @Test
    void a_manifest_of_five_mebibytes_is_refused() throws IOException {
        for (var sized : List.of(true, false)) {
            var server = serve(request ->
                    Reply.raw(200, sized ? Map.of("Content-Length", "" + (5 << 20)) : Map.of(), new byte[5 << 20]));

            assertThatThrownBy(() -> at(server).manifest("1.2"))
                    .isInstanceOf(WrongContentException.class)
                    .hasMessageContaining("more than 4 MiB");
        }
    }

    @Test
    void what_the_registry_says_is_wrong_is_said_without_control_characters() throws IOException {
        var server = serve(
                request -> Reply.of(
                        404,
                        "{\"errors\": [{\"code\": \"MANIFEST_UNKNOWN\", \"message\": \"manifest\\u001b[31m\\nunknown\"}, {\"code\": \"OTHER\"}]}"));

        assertThatThrownBy(() -> at(server).manifest("1.2"))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessage("manifest[31m unknown, OTHER (status 404)");
    }

    @Test
    void hostile_errors_are_text() throws IOException {
        for (var body : List.of("[".repeat(100_000), "{\"errors\": [[[]]]}", "{\"errors\": {}}", "\u0000\u0001", "")) {
            var server = serve(request -> Reply.of(403, body));

            assertThatThrownBy(() -> at(server).manifest("1.2"))
                    .isInstanceOf(RegistryRefusedException.class)
                    .hasMessageContaining("status 403")
                    .satisfies(said -> assertThat(said.getMessage()).hasSizeLessThan(600));
        }
    }

    @Test
    void a_server_that_has_a_fault_is_asked_again_with_longer_pauses() throws IOException {
        var count = new AtomicInteger();
        var server = serve(request -> count.incrementAndGet() < 4 ? Reply.of(503, "later") : manifest());

        at(server).manifest("1.2");

        assertThat(pauses).hasSize(3);
        for (var i = 0; i < 3; i++) {
            assertThat(pauses.get(i)).isBetween(Duration.ofMillis(50L << i), Duration.ofMillis(100L << i));
        }
    }

    @Test
    void after_five_faults_the_last_one_counts() throws IOException {
        var server = serve(request -> Reply.of(502, "<html>bad gateway"));

        assertThatThrownBy(() -> at(server).manifest("1.2"))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessage("<html>bad gateway (status 502)");
        assertThat(asked(server)).filteredOn("/v2/a/web/manifests/1.2"::equals).hasSize(5);
    }

    @Test
    void a_server_that_wants_to_be_left_alone_is() throws IOException {
        var replies = List.of(
                Reply.of(429, "", "Retry-After", "7"),
                Reply.of(
                        503,
                        "",
                        "Date",
                        "Sat, 21 Nov 2026 10:00:00 GMT",
                        "Retry-After",
                        "Sat, 21 Nov 2026 10:00:09 GMT"),
                manifest());
        var count = new AtomicInteger();
        var server = serve(request -> replies.get(count.getAndIncrement()));

        at(server).manifest("1.2");

        assertThat(pauses).containsExactly(Duration.ofSeconds(7), Duration.ofSeconds(9));
    }

    @Test
    void a_server_that_wants_to_be_left_alone_for_an_hour_is_not_waited_for() throws IOException {
        var server = serve(request -> Reply.of(429, "too many", "Retry-After", "3600"));

        assertThatThrownBy(() -> at(server).manifest("1.2")).hasMessage("too many (status 429)");
        assertThat(pauses).isEmpty();
    }

    @Test
    void what_is_not_there_or_not_for_us_is_asked_for_once() throws IOException {
        for (var status : List.of(400, 401, 403, 404, 410)) {
            var server = serve(request -> Reply.of(status, "no"));

            assertThatThrownBy(() -> at(server).manifest("1.2")).hasMessage("no (status " + status + ")");
            assertThat(asked(server)).hasSize(1);
        }
    }

    @Test
    void a_manifest_that_breaks_off_is_asked_for_again() throws IOException {
        var broken = new AtomicInteger();
        var server = serve(request -> broken.getAndDecrement() > 0 ? manifest().without(3) : manifest());
        broken.set(100);

        assertThatThrownBy(() -> at(server).manifest("1.2"))
                .isInstanceOf(RegistryUnreachableException.class)
                // the JDK finds out before or after it hands on the reply
                .hasMessageMatching(server.authority() + " (broke off|does not answer): .*");
        broken.set(1);
        assertThat(at(server).manifest("1.2").bytes()).isEqualTo(MANIFEST);
    }

    @Test
    void a_password_is_sent_when_it_is_asked_for() throws IOException {
        var server = serve(request -> request.header("authorization").equals(basic("ann:pw"))
                ? manifest()
                : Reply.of(401, "who?", "WWW-Authenticate", "Basic realm=\"r\""));
        login(server, "ann:pw");
        var repository = at(server);

        repository.manifest("1.2");
        repository.manifest("1.3");

        assertThat(asked(server))
                .as("the login is kept")
                .containsExactly("/v2/a/web/manifests/1.2", "/v2/a/web/manifests/1.2", "/v2/a/web/manifests/1.3");
        assertThat(server.requests().getFirst().header("authorization")).isEmpty();
    }

    @Test
    void without_a_login_the_command_that_stores_one_is_named() throws IOException {
        var server = serve(request -> Reply.of(401, "who?", "WWW-Authenticate", "Basic realm=\"r\""));

        assertThatThrownBy(() -> at(server).manifest("1.2"))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessageContaining("docker login " + server.authority());
    }

    @Test
    void a_password_that_is_refused_is_not_shown() throws IOException {
        var server = serve(request -> Reply.of(401, "wrong", "WWW-Authenticate", "Basic realm=\"r\""));
        login(server, "ann:hunter2");

        assertThatThrownBy(() -> at(server).manifest("1.2"))
                .isInstanceOf(RegistryRefusedException.class)
                .hasMessage("wrong (status 401)");
        assertThat(asked(server)).hasSize(2);
    }

    @Test
    void anybody_gets_a_token_where_the_registry_gives_one_to_anybody() throws IOException {
        var tokens = serve(request -> Reply.of(200, "{\"token\": \"t1\", \"expires_in\": 60}"));
        var server = serve(request -> request.header("authorization").equals("Bearer t1")
                ? manifest()
                : Reply.of(401, "", "WWW-Authenticate", bearer(tokens)));
        var repository = at(server);

        repository.manifest("1.2");
        repository.manifest("1.3");

        assertThat(asked(tokens)).containsExactly("/token?service=s+1&scope=repository%3Aa%2Fweb%3Apull&scope=other");
        assertThat(tokens.requests().getFirst().header("authorization")).isEmpty();
    }

    @Test
    void a_token_is_asked_for_with_the_password_and_the_registry_gets_the_token_alone() throws IOException {
        var tokens = serve(request -> request.header("authorization").equals(basic("ann:pw"))
                ? Reply.of(200, "{\"access_token\": \"t1\"}")
                : Reply.of(401, "{\"errors\": [{\"message\": \"bad login\"}]}"));
        var server = serve(request -> request.header("authorization").equals("Bearer t1")
                ? manifest()
                : Reply.of(401, "", "WWW-Authenticate", bearer(tokens)));

        assertThatThrownBy(() -> at(server).manifest("1.2"))
                .hasMessageContaining("asked as nobody, since no login is stored, says: bad login (status 401)");
        login(server, "ann:pw");
        at(server).manifest("1.2");

        assertThat(asked(tokens)).last().asString().startsWith("/token?account=ann&service=");
        assertThat(server.requests())
                .noneMatch(request -> request.header("authorization").startsWith("Basic"));
    }

    @Test
    void an_identity_token_is_posted() throws IOException {
        var tokens = serve(request -> Reply.of(200, "{\"access_token\": \"t1\"}"));
        var server = serve(request -> request.header("authorization").equals("Bearer t1")
                ? manifest()
                : Reply.of(401, "", "WWW-Authenticate", bearer(tokens)));
        config("{\"auths\": {\"%s\": {\"identitytoken\": \"it&\"}}}".formatted(server.authority()));

        at(server).manifest("1.2");

        var asked = tokens.requests().getFirst();
        assertThat(asked.method() + " " + asked.target()).isEqualTo("POST /token");
        assertThat(asked.body())
                .isEqualTo("grant_type=refresh_token&refresh_token=it%26&client_id=hostseed&service=s+1"
                        + "&scope=repository%3Aa%2Fweb%3Apull+other");
    }

    @Test
    void a_token_that_is_no_longer_good_is_renewed() throws IOException {
        var count = new AtomicInteger();
        var tokens = serve(request -> Reply.of(200, "{\"token\": \"t" + count.incrementAndGet() + "\"}"));
        var good = new AtomicInteger(1);
        var server = serve(request -> request.header("authorization").equals("Bearer t" + good.get())
                ? manifest()
                : Reply.of(401, "", "WWW-Authenticate", bearer(tokens)));
        var repository = at(server);

        repository.manifest("1.2");
        good.set(2);
        repository.manifest("1.2");

        assertThat(tokens.requests()).hasSize(2);
    }

    @Test
    void a_token_server_that_says_nothing_of_use_is_named_and_not_quoted() throws IOException {
        for (var reply : List.of("hunter2", "{\"token\": \"hunter2\\r\\nX: y\"}", "{\"other\": \"hunter2\"}")) {
            var tokens = serve(request -> Reply.of(200, reply));
            var server = serve(request -> Reply.of(401, "", "WWW-Authenticate", bearer(tokens)));

            assertThatThrownBy(() -> at(server).manifest("1.2"))
                    .isInstanceOf(RegistryRefusedException.class)
                    .hasMessageContaining("token")
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void no_login_goes_to_a_token_server_over_a_line_that_anybody_reads() throws IOException {
        var proxy = serve(request -> Reply.of(200, "{\"token\": \"t1\"}"));
        environment.put("HTTP_PROXY", proxy.authority());
        for (var realm :
                List.of("http://tokens.example/", "ftp://tokens.example/", "http://u:p@127.0.0.1/", "/token")) {
            var server =
                    serve(request -> Reply.of(401, "", "WWW-Authenticate", "Bearer realm=\"" + realm + "\",service=s"));
            login(server, "ann:pw");

            assertThatThrownBy(() -> at(server).manifest("1.2"))
                    .as(realm)
                    .isInstanceOf(RegistryException.class)
                    .hasMessageNotContaining("pw");
        }
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void a_redirect_is_followed_and_the_login_stays_behind() throws IOException {
        var other = serve(request -> Reply.of(200, Map.of(), BLOB));
        var server = serve(request -> request.header("authorization").isEmpty()
                ? Reply.of(401, "", "WWW-Authenticate", "Basic realm=\"r\"")
                : Reply.of(307, "", "Location", "http://" + other.authority() + "/storage?signature=1"));
        login(server, "ann:pw");

        try (var blob = at(server).blob(Digest.of(BLOB), BLOB.length)) {
            assertThat(blob.readAllBytes()).isEqualTo(BLOB);
        }

        assertThat(asked(other)).containsExactly("/storage?signature=1");
        assertThat(other.requests().getFirst().headers()).doesNotContainKeys("authorization", "cookie");
    }

    @Test
    void a_server_that_is_led_to_gets_no_login_though_it_asks_for_one() throws IOException {
        var other = serve(request -> Reply.of(401, "who?", "WWW-Authenticate", "Basic realm=\"r\""));
        var server = serve(request -> Reply.of(302, "", "Location", "http://" + other.authority() + "/x?secret=1"));
        login(server, "ann:pw");
        login(other, "bob:pw");

        assertThatThrownBy(() -> at(server).manifest("1.2"))
                .hasMessage("http://" + other.authority() + "/x: who? (status 401)");
        assertThat(other.requests())
                .singleElement()
                .satisfies(request -> assertThat(request.headers()).doesNotContainKey("authorization"));
    }

    @Test
    void redirects_that_lead_nowhere_end() throws IOException {
        for (var location : List.of("", "http://", "ftp://x/", "http://a:b@127.0.0.1/", "http://[", "/v2/again")) {
            var server = serve(request -> Reply.of(302, "", "Location", location));

            assertThatThrownBy(() -> at(server).manifest("1.2"))
                    .as(location)
                    .isInstanceOf(RegistryUnreachableException.class)
                    .hasMessageMatching("(?s).*(leads to no address|leads from one place to the next).*");
        }
    }

    @Test
    void a_redirect_from_https_to_http_is_refused() throws Exception {
        var other = serve(request -> manifest());
        var server = serve(
                TestTls.make(home).listen(),
                request -> Reply.of(302, "", "Location", "http://" + other.authority() + "/x"));

        assertThatThrownBy(() -> at(server).manifest("1.2"))
                .isInstanceOf(RegistryUnreachableException.class)
                .hasMessageContaining("leads to http://" + other.authority() + "/x")
                .hasMessageContaining("not followed");
        assertThat(other.requests()).isEmpty();
    }

    @Test
    void a_certificate_has_to_be_that_of_the_authority_in_the_registrys_directory() throws Exception {
        var own = TestTls.make(home);
        var server = serve(own.listen(), request -> manifest());
        var directory = Files.createDirectories(home.resolve("certs.d").resolve(server.authority()));
        Files.copy(own.certificateFile(), directory.resolve("ca.crt"));
        at(server).manifest("1.2");

        var stranger = TestTls.make(Files.createDirectory(home.resolve("stranger")));
        Files.delete(directory.resolve("ca.crt"));
        Files.copy(stranger.certificateFile(), directory.resolve("ca.crt"));

        assertThatThrownBy(() -> at(server).manifest("1.2"))
                .isInstanceOf(RegistryUnreachableException.class)
                .hasMessageContaining("its certificate is not trusted")
                .hasMessageContaining("certs.d/" + server.authority() + "/ca.crt");
    }

    @Test
    void a_registry_may_want_a_certificate_of_ours() throws Exception {
        var own = TestTls.make(home);
        var socket = own.listen();
        socket.setNeedClientAuth(true);
        var server = serve(socket, request -> manifest());
        var directory = Files.createDirectories(home.resolve("certs.d").resolve(server.authority()));
        Files.copy(own.certificateFile(), directory.resolve("ca.crt"));
        Files.copy(own.certificateFile(), directory.resolve("client.cert"));
        assertThatThrownBy(() -> at(server).manifest("1.2")).hasMessageContaining("its key is missing");
        Files.copy(own.keyFile(), directory.resolve("client.key"));

        assertThat(at(server).manifest("1.2").bytes()).isEqualTo(MANIFEST);
    }

    @Test
    void a_blob_is_that_of_its_digest_or_fails_at_its_end() throws IOException {
        var server = serve(request -> Reply.of(200, Map.of(), BLOB));

        assertThat(read(server, Digest.of(BLOB), BLOB.length)).isEqualTo(BLOB);
        assertThatThrownBy(() -> read(server, Digest.of(MANIFEST), BLOB.length))
                .isInstanceOf(WrongContentException.class)
                .hasMessageContaining("asked for " + Digest.of(MANIFEST) + ", what came is " + Digest.of(BLOB));
        assertThatThrownBy(() -> read(server, Digest.of(BLOB), BLOB.length - 1))
                .isInstanceOf(WrongContentException.class)
                .hasMessageContaining("more comes than the " + (BLOB.length - 1) + " bytes");
    }

    @Test
    void a_blob_without_end_is_read_no_further_than_its_size() throws IOException {
        var sent = new AtomicInteger();
        var server = serve(request -> {
            sent.incrementAndGet();
            return Reply.raw(200, Map.of(), blob(10_000_000));
        });

        assertThatThrownBy(() -> read(server, Digest.of(BLOB), BLOB.length)).isInstanceOf(WrongContentException.class);
        assertThat(sent).hasValueLessThan(3);
    }

    @Test
    void a_blob_that_is_too_short_is_not_taken_however_often_it_is_offered() throws IOException {
        for (var sized : List.of(true, false)) {
            var server = serve(request -> {
                var all = Arrays.copyOf(BLOB, BLOB.length - 1);
                return sized ? Reply.of(200, Map.of(), all) : Reply.raw(200, Map.of(), all);
            });

            assertThatThrownBy(() -> read(server, Digest.of(BLOB), BLOB.length))
                    .isInstanceOf(RegistryUnreachableException.class)
                    .hasMessageContaining("broke off 5 times")
                    .hasMessageContaining(server.authority());
        }
    }

    @Test
    void a_connection_that_is_reset_at_any_byte_is_taken_up_again() throws IOException {
        var blob = blob(300);
        for (var ranges : List.of(true, false)) {
            for (var sent = -20; sent < blob.length; sent += 23) {
                var at = sent;
                var count = new AtomicInteger();
                var server = serve(request -> {
                    var reply = ranges ? ranged(blob, request) : Reply.of(200, Map.of(), blob);
                    return request.target().contains("blobs") && count.getAndIncrement() == 0
                            ? reply.without(blob.length - at)
                            : reply;
                });

                assertThat(read(server, Digest.of(blob), blob.length))
                        .as(at + " bytes, ranges: " + ranges)
                        .isEqualTo(blob);
                server.close();
            }
        }
    }

    @Test
    void a_large_blob_may_break_off_often_as_long_as_it_comes_on() throws IOException {
        var blob = blob(12 << 20);
        var server = serve(request -> {
            var reply = ranged(blob, request);
            var rest = blob.length - from(request);
            return rest > 1_100_000 ? reply.cutBy(rest - 1_100_000) : reply;
        });

        assertThat(Digest.of(read(server, Digest.of(blob), blob.length))).isEqualTo(Digest.of(blob));
        assertThat(pauses).hasSizeGreaterThan(8);
    }

    @Test
    void another_range_than_the_one_asked_for_is_refused() throws IOException {
        var count = new AtomicInteger();
        var server = serve(request -> !request.target().contains("blobs")
                ? Reply.of(200, "")
                : count.getAndIncrement() == 0
                        ? Reply.of(200, Map.of(), BLOB).cutBy(100)
                        : Reply.of(206, Map.of("Content-Range", "bytes 0-9/50000"), blob(10)));

        assertThatThrownBy(() -> read(server, Digest.of(BLOB), BLOB.length))
                .isInstanceOf(WrongContentException.class)
                .hasMessageContaining("asked for what follows byte 49900");
    }

    @Test
    void a_server_that_falls_silent_is_left() throws IOException {
        idle = Duration.ofMillis(200);
        var count = new AtomicInteger();
        var server = serve(request -> {
            if (request.target().contains("blobs") && count.getAndIncrement() == 0) {
                silence();
            }
            return ranged(BLOB, request);
        });

        assertThat(read(server, Digest.of(BLOB), BLOB.length)).isEqualTo(BLOB);
        assertThat(pauses).hasSize(1);
    }

    @Test
    void a_registry_that_is_not_there_is_named() throws IOException {
        var gone = serve(request -> manifest());
        gone.close();

        assertThatThrownBy(() -> at(gone).manifest("1.2"))
                .isInstanceOf(RegistryUnreachableException.class)
                .hasMessage(gone.authority() + " does not answer: connection refused");
        assertThat(pauses).hasSize(4);
    }

    @Test
    void a_proxy_is_gone_through_with_its_own_login() throws IOException {
        var proxy = serve(request -> manifest());
        environment.put("http_proxy", "http://joe:secret@" + proxy.authority());
        var name = new RepositoryName("registry.example", "registry.example", "a/web");
        var registries = Registries.of(
                new Settings(Set.of("registry.example"), home.resolve("certs.d"), environment, patience()));

        assertThat(registries.repository(name).manifest("1.2").bytes()).isEqualTo(MANIFEST);
        assertThat(proxy.requests()).last().satisfies(request -> {
            assertThat(request.target()).isEqualTo("http://registry.example/v2/a/web/manifests/1.2");
            assertThat(request.header("proxy-authorization")).isEqualTo(basic("joe:secret"));
        });
    }

    private static void silence() {
        try {
            Thread.sleep(2000);
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] read(Repository from, Digest digest, long size) throws IOException {
        try (var blob = from.blob(digest, size)) {
            return blob.readAllBytes();
        }
    }

    private byte[] read(ScriptedServer server, Digest digest, long size) throws IOException {
        return read(at(server), digest, size);
    }

    private static Reply manifest() {
        return Reply.of(200, Map.of("Content-Type", TYPE + "; charset=utf-8"), MANIFEST);
    }

    private static int from(Request request) {
        var range = request.header("range");
        return range.isEmpty() ? 0 : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
    }

    private static Reply ranged(byte[] blob, Request request) {
        var from = from(request);
        var rest = Arrays.copyOfRange(blob, from, blob.length);
        return from == 0
                ? Reply.of(200, Map.of(), blob)
                : Reply.of(
                        206,
                        Map.of("Content-Range", "bytes %d-%d/%d".formatted(from, blob.length - 1, blob.length)),
                        rest);
    }

    private static String bearer(ScriptedServer tokens) {
        return "Bearer realm=\"http://" + tokens.authority() + "/token\",service=\"s 1\",scope=\"other\"";
    }

    private static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] blob(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private ScriptedServer serve(ScriptedServer.Script script) throws IOException {
        var server = ScriptedServer.start(
                request -> request.target().equals("/v2/") ? Reply.of(200, "{}") : script.answer(request));
        servers.add(server);
        return server;
    }

    private ScriptedServer serve(ServerSocket socket, ScriptedServer.Script script) {
        var server = ScriptedServer.start(socket, script);
        servers.add(server);
        return server;
    }

    private static List<String> asked(ScriptedServer server) {
        return server.requests().stream().map(Request::target).toList();
    }

    private void login(ScriptedServer server, String pair) throws IOException {
        config("{\"auths\": {\"%s\": {\"auth\": \"%s\"}}}"
                .formatted(server.authority(), basic(pair).substring("Basic ".length())));
    }

    private void config(String text) throws IOException {
        Files.writeString(home.resolve("config.json"), text);
    }

    private Patience patience() {
        return new Patience(5, Duration.ofMillis(100), Duration.ofMinutes(1), idle, pauses::add);
    }

    private Repository at(ScriptedServer server) {
        environment.put("DOCKER_CONFIG", home.toString());
        var settings = new Settings(Set.of(), home.resolve("certs.d"), environment, patience());
        return Registries.of(settings).repository(new RepositoryName(server.authority(), server.authority(), "a/web"));
    }
}
