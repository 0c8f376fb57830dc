package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ApiFitTest {
    private static final String MAC = "02:42:ac:11:00:03";

    @TempDir
    private Path directory;

    private StatefulEngine engine;

    @BeforeEach
    void open() throws IOException {
        engine = new StatefulEngine(directory);
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
    }

    static Stream<Arguments> needs() {
        return Stream.of(
                Arguments.of(43, "annotations: {a: b}"),
                Arguments.of(44, "healthcheck: {test: x, start_period: 9s, start_interval: 1s}"),
                Arguments.of(44, "networks: {a: {priority: 1}, b: {mac_address: '" + MAC + "'}}"),
                Arguments.of(
                        44,
                        "volumes: [{type: bind, source: /a, target: /a, read_only: true, "
                                + "bind: {recursive: readonly}}]"),
                Arguments.of(45, "volumes: [{type: volume, source: v, target: /v, volume: {subpath: s}}]"),
                Arguments.of(48, "volumes: [{type: image, source: 'a:1', target: /i}]"),
                Arguments.of(48, "networks: {a: {gw_priority: 1}}"),
                Arguments.of(48, "networks: {a: {priority: 1}, b: {gw_priority: -1}}"),
                Arguments.of(48, "networks: [v6]"),
                Arguments.of(49, "networks: {a: {interface_name: eth7}}"),
                Arguments.of(49, "networks: {a: {driver_opts: {com.docker.network.endpoint.ifname: eth7}}}"));
    }

    @ParameterizedTest
    @MethodSource("needs")
    void what_an_engine_would_drop_is_refused_and_the_reader_says_so_before(int since, String keys) throws Exception {
        var project = project(keys);

        engine.api = since - 1;
        assertThatThrownBy(() -> make(project))
                .isInstanceOf(EngineRefusedException.class)
                .hasMessageContaining("Docker " + new EngineApi(since).release());
        assertThat(engine.hasContainer()).isFalse();
        engine.api = since;
        make(project);

        assertThat(warnings(keys)).anySatisfy(what -> assertThat(what).contains("(API 1." + since + ")"));
    }

    @Test
    void the_address_on_the_first_network_is_that_of_the_container_before_api_44() throws Exception {
        for (var keys : List.of("mac_address: " + MAC, "networks: {a: {mac_address: '" + MAC + "', aliases: [x]}}")) {
            var create = definition(project(keys)).create();

            engine.api = 43;
            var older = fit(create);
            engine.api = 44;

            assertThat(older).contains("\"MacAddress\":\"" + MAC + "\"");
            assertThat(older.indexOf(MAC)).isEqualTo(older.lastIndexOf(MAC));
            assertThat(fit(create)).isEqualTo(text(create));
        }
    }

    @Test
    void a_bind_that_makes_its_source_is_one_text_before_api_42() throws Exception {
        var create = definition(project("volumes: ['/a:/a:ro,rslave', '/z:/z:z', {type: bind, source: /b, target: /b, "
                        + "bind: {recursive: disabled}}]"))
                .create();

        assertThat(fit(create))
                .contains("\"Binds\":[\"/z:/z:rw,z\",\"/a:/a:ro,rslave\"]")
                .contains("\"BindOptions\":{\"NonRecursive\":true}")
                .doesNotContain("CreateMountpoint");
        engine.api = 44;
        assertThat(fit(create)).isEqualTo(text(create));
    }

    @Test
    void what_lies_below_a_bind_can_be_written_before_api_44_anyway() throws Exception {
        var keys = "volumes: [{type: bind, source: /a, target: /a, read_only: true, bind: {recursive: writable}}]";
        var create = definition(project(keys)).create();

        engine.api = 43;
        assertThat(fit(create)).doesNotContain("ReadOnlyNonRecursive").contains("CreateMountpoint");
        engine.api = 44;
        assertThat(fit(create)).contains("\"ReadOnlyNonRecursive\":true");
        assertThat(warnings(keys)).noneMatch(what -> what.contains("recursive"));
    }

    private String fit(Data.Mapping create) throws IOException {
        return text(ApiFit.container(create, engine.engine()));
    }

    private static String text(Data data) {
        return new String(Json.compact(data), StandardCharsets.UTF_8);
    }

    private void make(Project project) throws IOException {
        for (var network : project.networks()) {
            var definition = Definitions.network(project.name(), network);
            ApiFit.refuseUnlessKnown(definition.create(), ApiNeed.OF_NETWORKS, engine.engine());
        }
        var definition = definition(project);
        new Container(definition, engine.engine(), line -> {}).create(definition.create());
    }

    private static ContainerDefinition definition(Project project) {
        return Definitions.container(
                project,
                project.services().getFirst().replicas().getFirst(),
                Services.locked(new Digest(StatefulEngine.IMAGE)),
                Services.place("web"));
    }

    private Project project(String keys) throws IOException {
        return ((Reading.Accepted) read(keys)).host().project();
    }

    private List<String> warnings(String keys) throws IOException {
        return ((Reading.Accepted) read(keys))
                .problems().stream()
                        .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                        .map(Problem::what)
                        .toList();
    }

    private Reading read(String keys) throws IOException {
        var file = directory.resolve("compose.yaml");
        Files.writeString(file, """
                name: shop
                services:
                  web:
                    image: example/busybox:1
                    %s
                networks: {a: {}, b: {}, v6: {enable_ipv4: false}}
                volumes: {v: {}}
                """.formatted(keys));
        return ComposeReader.read(file, Map.of());
    }
}
