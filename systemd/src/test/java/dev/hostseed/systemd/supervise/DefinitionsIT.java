package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Health;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Definitions, judged by a real Engine.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DefinitionsIT {
    private static final String[] PIECES = {
        "a",
        "Z",
        " ",
        "\t",
        "\n",
        "\r",
        "\\",
        "\"",
        "'",
        "$",
        "${X}",
        "%n",
        "%%",
        ";",
        "#",
        "=",
        "--",
        "é",
        "\u2028",
        "\ud83d\ude00",
        "\u0001",
        "\u007f",
        "<",
        "&"
    };

    private final TestEngine daemon;
    private final String imageId;

    DefinitionsIT() throws IOException, InterruptedException {
        daemon = TestEngine.start(false);
        daemon.busybox(Services.IMAGE);
        imageId = daemon.docker("image", "inspect", "--format", "{{.Id}}", Services.IMAGE);
    }

    @AfterAll
    void stop() throws IOException {
        daemon.close();
    }

    @Test
    void whatever_an_author_writes_reaches_the_engine_byte_for_byte() throws IOException {
        for (var seed = 1; seed <= 40; seed++) {
            var random = new Random(seed);
            var command = List.of("/bin/true", text(random), text(random), "");
            var environment = new TreeMap<String, String>();
            var labels = new TreeMap<String, String>();
            for (var i = 0; i < 4; i++) {
                environment.put("E" + i + text(random).replace("=", ""), text(random));
                labels.put("l" + i + text(random), text(random));
            }
            var service = Services.service("random", command, environment, labels, new Health.Inherited());
            var definition = Services.define(service, imageId);
            var container = new Container(definition, Engine.at(daemon.socket()), line -> {});

            container.create(definition.create());
            var config = container.find().orElseThrow().config();
            container.remove();

            assertThat(config.entries().get("Cmd")).as("seed %d", seed).isEqualTo(Data.texts(command));
            assertThat(texts(config, "Env")).as("seed %d", seed).containsAll(texts(definition.create(), "Env"));
            labels.forEach((key, value) -> assertThat(Labels.find(config, key)).isEqualTo(value));
            assertThat(Labels.find(config, Labels.CONFIG)).isEqualTo(definition.config());
        }
    }

    @Test
    void a_command_that_is_cleared_leaves_the_entrypoint_of_the_image_alone() throws Exception {
        daemon.busybox("example/plain:1");
        var source = daemon.docker("create", "--entrypoint=/bin/sleep", "example/plain:1", "7");
        daemon.docker("commit", source, "example/sleep:1");
        daemon.docker("rm", source);
        var definition = Services.define(Services.cleared("cleared", "example/sleep:1"), imageId);
        var container = new Container(definition, Engine.at(daemon.socket()), line -> {});

        container.create(definition.create());
        var config = container.find().orElseThrow().config();
        container.remove();

        assertThat(texts(config, "Entrypoint")).containsExactly("/bin/sleep");
        assertThat(config.entries().get("Cmd")).isNotEqualTo(Data.texts(List.of("7")));
    }

    @Test
    void a_definition_survives_its_file() throws IOException {
        var definition = Services.define(Services.shell("web", "exit 0"), imageId);

        var read = ContainerDefinition.of(Json.readMapping(Json.pretty(definition.toData())));

        assertThat(read).isEqualTo(definition);
    }

    private static List<String> texts(Data.Mapping in, String key) throws IOException {
        var texts = new ArrayList<String>();
        for (var item : Fields.sequence(in, key)) {
            texts.add(Fields.text(item));
        }
        return texts;
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (var i = random.nextInt(12); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }
}
