package dev.hostseed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A Compose file that says how its images are built, from the command line to the lock.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BuildsIT {
    @TempDir
    private Path directory;

    @Test
    void an_image_is_built_once_and_again_only_when_that_is_asked_for() throws Exception {
        try (var engine = TestEngine.start(false)) {
            engine.busybox("example/base:1");
            compose("  web: {build: .}");
            dockerfile("one");

            var built = bundle(engine.socket());
            var first = locked();
            dockerfile("two");
            var taken = bundle(engine.socket());
            var second = locked();
            var asked = bundle(engine.socket(), "--build");
            var third = locked();

            assertThat(built.code()).as(built.output()).isZero();
            assertThat(built.output()).contains("building shop-web:latest", "1 image");
            assertThat(taken.output()).doesNotContain("building");
            assertThat(asked.output()).contains("building shop-web:latest");
            assertThat(second).isEqualTo(first);
            assertThat(third).isNotEqualTo(first);
        }
    }

    @Test
    void with_the_policy_build_an_image_is_built_whatever_there_is() throws Exception {
        try (var engine = TestEngine.start(false)) {
            engine.busybox("example/base:1");
            engine.docker("tag", "example/base:1", "example/web:1");
            compose("  web: {image: 'example/web:1', build: ., pull_policy: build}");
            dockerfile("one");

            assertThat(bundle(engine.socket()).output()).contains("building example/web:1");

            Files.createDirectory(directory.resolve("images"));
            engine.save("example/web:1", directory.resolve("images/web.tar"));
            assertThat(bundle(Path.of("/nonexistent"))).isEqualTo(new Ended(0, "bundle: 1 image\n"));
        }
    }

    @Test
    void a_step_that_fails_is_a_matter_of_docker() throws Exception {
        try (var engine = TestEngine.start(false)) {
            engine.busybox("example/base:1");
            compose("  web: {build: {network: none, dockerfile_inline: \"FROM example/base:1\\nRUN cat /nowhere\"}}");

            var ended = bundle(engine.socket());

            assertThat(ended.code()).isEqualTo(6);
            assertThat(ended.output())
                    .contains("hostseed: compose.yaml:3:16: cannot build shop-web:latest: ")
                    .contains("  | ", "/nowhere")
                    .doesNotContain("\tat ");
            assertThat(directory.resolve("bundle")).doesNotExist();
        }
    }

    @Test
    void where_nothing_can_be_built_both_ways_out_are_told() throws Exception {
        compose("  web: {build: .}");
        dockerfile("one");

        var ended = bundle(Path.of("/nonexistent"));

        assertThat(ended.code()).isEqualTo(5);
        assertThat(ended.output())
                .startsWith(
                        "hostseed: cannot build shop-web:latest: cannot connect to the Docker Engine at /nonexistent")
                .contains("start the Engine, or save the image")
                .contains("and give the archive");
    }

    @Test
    void a_context_that_is_not_there_is_a_warning_until_it_is_needed() throws Exception {
        compose("  web: {build: ./nowhere}");

        assertThat(hostseed("check").output()).contains("compose.yaml:3:16: warning: the context './nowhere'");
        try (var engine = TestEngine.start(false)) {
            var ended = bundle(engine.socket());

            assertThat(ended.code()).isEqualTo(3);
            assertThat(ended.output())
                    .contains("hostseed: compose.yaml:3:16: cannot build shop-web:latest: there is no");
        }
    }

    private void compose(String service) throws IOException {
        Files.writeString(directory.resolve("compose.yaml"), "name: shop\nservices:\n" + service + "\n");
    }

    private void dockerfile(String text) throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), "FROM example/base:1\nENV SAYS=" + text + "\n");
    }

    private String locked() throws IOException {
        var lock = Files.readString(directory.resolve("bundle/hostseed.lock"));
        var config = Pattern.compile("\"config\"[^}]*?(sha256:[0-9a-f]{64})").matcher(lock);
        assertThat(lock).contains("shop-web");
        assertThat(config.find()).as(lock).isTrue();
        return config.group(1);
    }

    private Ended bundle(Path socket, String... more) throws IOException, InterruptedException {
        var words = new ArrayList<>(List.of("bundle", "--docker-socket", socket.toString()));
        words.addAll(List.of(more));
        return hostseed(words.toArray(String[]::new));
    }

    private record Ended(int code, String output) {}

    private Ended hostseed(String... words) throws IOException, InterruptedException {
        var all = new ArrayList<>(List.of(System.getProperty("hostseed.home") + "/bin/hostseed"));
        all.addAll(List.of(words));
        var builder = new ProcessBuilder(all).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("DOCKER_BUILDKIT", "0");
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }
}
