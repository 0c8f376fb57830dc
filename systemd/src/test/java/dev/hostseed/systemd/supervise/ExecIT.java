package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineRefusedException;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.Hooks;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Commands in a container, in every Engine that is at hand.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ExecIT {
    private static final EngineName WEB = new EngineName("shop-web");

    static Stream<TestEngine.Kind> engines() {
        return TestEngine.kinds();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_command_is_run_heard_and_its_status_known(TestEngine.Kind kind) throws Exception {
        try (var daemon = TestEngine.start(kind)) {
            daemon.busybox(Services.IMAGE);
            daemon.docker("run", "--detach", "--network=none", "--name=" + WEB, Services.IMAGE, "sleep", "600");
            var lines = new CopyOnWriteArrayList<String>();
            var exec = new Exec(WEB, Engine.at(daemon.socket()), lines::add);

            assertThat(run(exec, "echo out $HOOK; echo err >&2; exit 3")).hasValue(3);
            assertThat(lines).containsExactlyInAnyOrder("out yes", "err");
            lines.clear();
            var many = "i=0; while [ $i -lt 2000 ]; do echo line $i; i=$((i+1)); done";
            assertThat(run(exec, many)).hasValue(0);
            assertThat(lines).hasSize(2000).endsWith("line 1999");

            assertThat(exec.run(body("sleep 600"), () -> false)).isEmpty();
            assertThatNoProgramIsNoSuccess(exec);
            daemon.docker("kill", WEB.value());
            assertThatThrownBy(() -> run(exec, "true")).isInstanceOf(EngineRefusedException.class);
        }
    }

    /// Some say so at once, some by the status.
    private static void assertThatNoProgramIsNoSuccess(Exec exec) throws IOException {
        var absent = ExecBody.of(new Hooks(
                List.of(), List.of(new Hooks.Command(List.of("/no/such"), new TreeMap<>(), "", "", false)), List.of()));
        try {
            assertThat(exec.run(absent.postStart().getFirst(), ExecIT::pause)).isNotEqualTo(OptionalInt.of(0));
        } catch (EngineRefusedException refused) {
            assertThat(refused).hasMessageContaining("/no/such");
        }
    }

    private static OptionalInt run(Exec exec, String script) throws IOException {
        return exec.run(body(script), ExecIT::pause);
    }

    private static Data.Mapping body(String script) {
        return ExecBody.of(new Hooks(List.of(), List.of(Services.command(script)), List.of()))
                .postStart()
                .getFirst();
    }

    private static boolean pause() throws IOException {
        Pause.of(Duration.ofMillis(50));
        return true;
    }
}
