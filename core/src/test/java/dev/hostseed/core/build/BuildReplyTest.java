package dev.hostseed.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.ImageBuild.Dockerfile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BuildReplyTest {
    private final List<String> told = new ArrayList<>();
    private final BuildReply reply = new BuildReply(
            TestBuilds.of(Path.of("/src"), new Dockerfile.Inline("")), (what, done, total) -> told.add(what));

    @Test
    void steps_are_told_and_an_image_is_made() throws IOException {
        take("{'stream':'Step 1/2 : FROM scratch'}", "{'stream':'\\n'}", "{'stream':'Step 2/2 : COPY . /'}");
        take("{'aux':{'ID':'sha256:1'}}", "{'stream':'Successfully built 1\\n'}");

        reply.check();

        assertThat(told)
                .containsExactly(
                        "building shop-web:latest: Step 1/2 : FROM scratch",
                        "building shop-web:latest: Step 2/2 : COPY . /");
    }

    @Test
    void the_step_that_failed_is_told_with_what_it_said() throws IOException {
        take("{'stream':'Step 1/2 : FROM scratch\\n'}", "{'stream':'not of it\\n'}");
        take("{'stream':'Step 2/2 : RUN make\\n'}", "{'stream':' ---> Running in 1\\n'}");
        take(
                "{'stream':'\\u001b[91mno rule\\u001b[0m\\u0007\\n'}",
                "{'errorDetail':{'code':2},'error':'ended with 2'}");

        assertThatThrownBy(reply::check)
                .isInstanceOf(BuildFailedException.class)
                .hasMessage("compose.yaml:3:5: cannot build shop-web:latest: ended with 2\n"
                        + "  | Step 2/2 : RUN make\n  | no rule");
    }

    @Test
    void a_reply_that_says_nothing_is_no_image() {
        assertThatThrownBy(reply::check).hasMessageContaining("built nothing");
    }

    @Test
    void what_only_buildkit_knows_comes_with_the_way_to_it() throws IOException {
        take("{'error':'the --mount option requires BuildKit'}");

        assertThatThrownBy(reply::check).hasMessageEndingWith(BuildKit.REMEDY);
    }

    private void take(String... lines) throws IOException {
        for (var line : lines) {
            reply.take(Json.read(line.replace('\'', '"').getBytes(StandardCharsets.UTF_8)));
        }
    }
}
