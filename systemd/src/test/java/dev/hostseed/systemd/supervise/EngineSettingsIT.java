package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What settings do to a container that runs.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineSettingsIT {
    @TempDir
    private Path directory;

    static Stream<TestEngine.Kind> kinds() {
        return TestEngine.kinds();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void settings_take_effect(TestEngine.Kind kind) throws Exception {
        Files.writeString(
                directory.resolve("seccomp.json"),
                "{\"defaultAction\": \"SCMP_ACT_ALLOW\", \"syscalls\": "
                        + "[{\"names\": [\"mkdir\", \"mkdirat\"], \"action\": \"SCMP_ACT_ERRNO\", \"errnoRet\": 1}]}");
        var told = run(kind, """
                    security_opt: [seccomp=seccomp.json, no-new-privileges]
                    devices: ["/dev/zero:/dev/nothing:r"]
                    mac_address: 02:42:ac:11:00:03
                    volumes:
                      - {type: tmpfs, target: /mem, tmpfs: {size: 64k, mode: 01750}}
                      - /usr/bin:/programs:ro,rprivate
                """, """
                busybox mkdir /tmp/a 2>/dev/null || echo no directory
                test -c /dev/nothing && echo a device
                busybox cat /sys/class/net/eth0/address
                busybox stat -c %a /mem
                busybox df -k /mem | busybox awk 'END {print $2}'
                busybox grep NoNewPrivs /proc/self/status
                test -e /programs/env && ! touch /programs/x 2>/dev/null && echo read only
                """);

        assertThat(told)
                .containsExactly(
                        "no directory", "a device", "02:42:ac:11:00:03", "1750", "64", "NoNewPrivs:\t1", "read only");
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void an_image_is_mounted(TestEngine.Kind kind) throws Exception {
        var told = run(
                kind,
                "    volumes: [{type: image, source: '" + Services.IMAGE
                        + "', target: /files, image: {subpath: bin}}]\n",
                "test -e /files/busybox && echo there\n");

        assertThat(told).containsExactly("there");
    }

    /// What a container with `keys` prints that runs `script`.
    private List<String> run(TestEngine.Kind kind, String keys, String script) throws Exception {
        try (var daemon = TestEngine.start(kind)) {
            daemon.busybox(Services.IMAGE);
            var version =
                    daemon.docker("version", "--format", "{{.Server.Version}}").replaceFirst("[^0-9.].*", "");
            var reading = read(keys, script, version);
            assumeFalse(reading.toString().contains(" needs Docker "), "Docker " + version + " is too old");
            var project = ((Reading.Accepted) reading).host().project();
            var engine = Engine.at(daemon.socket());
            new Ensurer(engine, line -> {})
                    .ensure(Definitions.network(
                            project.name(), project.networks().getFirst()));
            var definition = Definitions.container(
                    project,
                    project.services().getFirst().replicas().getFirst(),
                    Services.locked(new Digest(daemon.docker("image", "inspect", "-f", "{{.Id}}", Services.IMAGE))),
                    Services.place("web"));
            var container = new Container(definition, engine, line -> {});
            container.create(definition.create());
            container.start();
            daemon.docker("wait", definition.name().value());
            return daemon.docker("logs", definition.name().value()).lines().toList();
        }
    }

    private Reading read(String keys, String script, String version) throws IOException {
        var file = directory.resolve("compose.yaml");
        Files.writeString(
                file,
                "services:\n  web:\n    image: " + Services.IMAGE + "\n" + keys
                        + "    command:\n      - sh\n      - -c\n      - |\n"
                        + script.replace("$", "$$").indent(8)
                        + "x-host: {docker: {version: '" + version + "'}}\n");
        return ComposeReader.read(file, Map.of("COMPOSE_PROJECT_NAME", "shop"));
    }
}
