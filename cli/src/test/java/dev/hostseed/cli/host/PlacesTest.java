package dev.hostseed.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.cli.Terminal;
import dev.hostseed.cli.UsageException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PlacesTest {
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();

    @Test
    void D22_where_the_docker_command_would_go_is_ignored_and_said() throws UsageException {
        var environment = Map.of("DOCKER_HOST", "tcp://far:2375", "DOCKER_CONTEXT", "", "HTTP_PROXY", "http://x");

        Places.sayWhatIsIgnored(arguments(), environment, terminal());

        assertThat(Places.engine(arguments()).socket()).hasToString("/var/run/docker.sock");
        assertThat(said.toString(StandardCharsets.UTF_8))
                .startsWith("DOCKER_HOST is set, ignoring: ")
                .hasLineCount(1);
    }

    @Test
    void D22_nothing_is_said_where_the_socket_is_named() throws UsageException {
        var arguments = arguments("--docker-socket", "/run/other.sock");

        Places.sayWhatIsIgnored(arguments, Map.of("DOCKER_HOST", "tcp://far:2375"), terminal());

        assertThat(said.size()).isZero();
    }

    @Test
    void D01_a_time_to_wait_is_a_number_of_seconds() throws UsageException {
        assertThat(EngineWait.of(arguments("--docker-timeout", "90")).time()).isEqualTo(Duration.ofSeconds(90));
        assertThat(EngineWait.of(arguments()).time()).isZero();
        for (var wrong : List.of("", "-1", "1.5", "soon", "9999999")) {
            assertThatThrownBy(() -> EngineWait.of(arguments("--docker-timeout", wrong)))
                    .isInstanceOf(UsageException.class);
        }
    }

    private static Arguments arguments(String... words) throws UsageException {
        return new Arguments(List.of(words), List.of("--docker-socket", "--docker-timeout"), List.of());
    }

    private Terminal terminal() {
        var out = new PrintStream(said, true, StandardCharsets.UTF_8);
        return new Terminal(out, out, false, false);
    }
}
