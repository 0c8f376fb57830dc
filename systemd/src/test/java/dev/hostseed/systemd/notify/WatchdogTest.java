package dev.hostseed.systemd.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WatchdogTest {
    private static final String AN_HOUR = "3600000000";
    private static final Duration LONG = Duration.ofDays(1);

    @TempDir
    private Path directory;

    @Test
    void systemd_is_told_at_once_and_then_not_before_half_the_time() throws IOException {
        try (var systemd = AFUNIXDatagramChannel.open()) {
            systemd.bind(AFUNIXSocketAddress.of(directory.resolve("notify")));
            var watchdog = watchdog(Map.of("WATCHDOG_USEC", AN_HOUR, "WATCHDOG_PID", pid()));

            assertThat(watchdog.beat()).isTrue();
            var buffer = ByteBuffer.allocate(100);
            systemd.receive(buffer);
            assertThat(StandardCharsets.UTF_8.decode(buffer.flip()).toString()).isEqualTo("WATCHDOG=1");
            assertThat(watchdog.beat()).isFalse();
            assertThat(watchdog.within(LONG)).isBetween(Duration.ofMinutes(1), Duration.ofMinutes(30));
            assertThat(watchdog.within(Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Test
    void without_its_variable_or_for_another_process_there_is_none() {
        assertThat(isNone(Map.of())).isTrue();
        assertThat(isNone(Map.of("WATCHDOG_USEC", "soon"))).isTrue();
        assertThat(isNone(Map.of("WATCHDOG_USEC", "0"))).isTrue();
        assertThat(isNone(Map.of("WATCHDOG_USEC", "-5"))).isTrue();
        assertThat(isNone(Map.of("WATCHDOG_USEC", AN_HOUR, "WATCHDOG_PID", "1")))
                .isTrue();
        assertThat(isNone(Map.of("WATCHDOG_USEC", AN_HOUR, "WATCHDOG_PID", ""))).isTrue();
        assertThat(isNone(Map.of("WATCHDOG_USEC", AN_HOUR))).isFalse();
        assertThat(isNone(Map.of("WATCHDOG_USEC", "9223372036854775807"))).isFalse();
    }

    private boolean isNone(Map<String, String> variables) {
        var watchdog = watchdog(variables);
        watchdog.beat();
        return watchdog.within(Duration.ofDays(1_000_000)).equals(Duration.ofDays(1_000_000));
    }

    private Watchdog watchdog(Map<String, String> variables) {
        var environment = new HashMap<>(variables);
        environment.put("NOTIFY_SOCKET", directory.resolve("notify").toString());
        return Watchdog.of(environment, Notifier.of(environment));
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }
}
