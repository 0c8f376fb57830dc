package dev.hostseed.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.systemd.notify.Notifier;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ToldProgressTest {
    @Test
    void systemd_is_told_how_far_a_load_is_and_asked_for_time_and_not_flooded(@TempDir Path directory)
            throws IOException {
        var path = directory.resolve("notify");
        try (var systemd = AFUNIXDatagramChannel.open()) {
            systemd.bind(AFUNIXSocketAddress.of(path));
            systemd.configureBlocking(false);
            var people = new ArrayList<Long>();
            var progress = new ToldProgress(
                    Notifier.of(Map.of("NOTIFY_SOCKET", path.toString())), (what, done, total) -> people.add(done));

            for (var i = 450L; i < 10_000; i++) {
                progress.at("loading shop/web:1.2", i, 1000);
            }

            assertThat(people).hasSize(9550);
            assertThat(received(systemd))
                    .startsWith("STATUS=loading shop/web:1.2: 45 %", "EXTEND_TIMEOUT_USEC=660000000")
                    .hasSizeLessThan(20);
        }
    }

    @Test
    void without_systemd_people_are_told_all_the_same() {
        var people = new ArrayList<String>();

        new ToldProgress(Notifier.of(Map.of()), (what, done, total) -> people.add(what)).at("verifying", 1, 0);

        assertThat(people).containsExactly("verifying");
    }

    private static List<String> received(AFUNIXDatagramChannel systemd) throws IOException {
        var all = new ArrayList<String>();
        var buffer = ByteBuffer.allocate(4096);
        for (systemd.receive(buffer); buffer.position() > 0; systemd.receive(buffer.clear())) {
            all.add(StandardCharsets.UTF_8.decode(buffer.flip()).toString());
            buffer.clear();
        }
        return all;
    }
}
