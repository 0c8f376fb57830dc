package dev.hostseed.systemd.notify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NotifierTest {
    @Test
    void a_socket_with_a_path_is_told(@TempDir Path directory) throws IOException {
        var path = directory.resolve("notify");
        try (var systemd = listening(AFUNIXSocketAddress.of(path))) {
            var notifier = Notifier.of(Map.of("NOTIFY_SOCKET", path.toString()));

            assertThat(notifier.ready("healthy\nREADY=0")).isTrue();
            assertThat(received(systemd)).isEqualTo("READY=1\nSTATUS=healthy READY=0");
            assertThat(notifier.extendTimeout(Duration.ofSeconds(30))).isTrue();
            assertThat(received(systemd)).isEqualTo("EXTEND_TIMEOUT_USEC=30000000");
        }
    }

    @Test
    void a_socket_with_an_abstract_name_is_told(@TempDir Path directory) throws IOException {
        var name = "hostseed-test" + directory;
        try (var systemd = listening(AFUNIXSocketAddress.inAbstractNamespace(name))) {
            assertThat(Notifier.of(Map.of("NOTIFY_SOCKET", "@" + name)).stopping("stopping"))
                    .isTrue();

            assertThat(received(systemd)).isEqualTo("STOPPING=1\nSTATUS=stopping");
        }
    }

    @Test
    void without_a_socket_that_listens_the_service_goes_on(@TempDir Path directory) throws IOException {
        var file = Files.createFile(directory.resolve("file"));

        assertThat(Notifier.of(Map.of()).ready("")).isFalse();
        assertThat(told("")).isFalse();
        assertThat(told("relative")).isFalse();
        assertThat(told("/" + "x".repeat(200))).isFalse();
        assertThat(told("@" + "x".repeat(200))).isFalse();
        assertThat(told("@hostseed-nobody")).isFalse();
        assertThat(told(directory.resolve("gone").toString())).isFalse();
        assertThat(told(file.toString())).isFalse();
    }

    @Test
    void a_socket_that_nobody_reads_holds_nothing_up(@TempDir Path directory) throws IOException {
        var path = directory.resolve("notify");
        try (var systemd = listening(AFUNIXSocketAddress.of(path))) {
            var notifier = Notifier.of(Map.of("NOTIFY_SOCKET", path.toString()));
            var told = 0;

            while (told < 100_000 && notifier.status("again")) {
                told++;
            }

            assertThat(told).isPositive().isLessThan(100_000);
            assertThat(systemd.isOpen()).isTrue();
        }
    }

    private static boolean told(String socket) {
        return Notifier.of(Map.of("NOTIFY_SOCKET", socket)).ready("running");
    }

    private static AFUNIXDatagramChannel listening(AFUNIXSocketAddress address) throws IOException {
        var channel = AFUNIXDatagramChannel.open();
        channel.bind(address);
        return channel;
    }

    private static String received(AFUNIXDatagramChannel systemd) throws IOException {
        var buffer = ByteBuffer.allocate(4096);
        systemd.receive(buffer);
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }
}
