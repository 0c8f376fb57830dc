package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ExecOutputTest {
    private static final long PATIENCE_MILLIS = 10_000;

    @Test
    void lines_come_out_as_they_were_printed_however_the_engine_cuts_them() throws IOException {
        for (var seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            var lines = new ArrayList<String>();
            for (var i = random.nextInt(20); i >= 0; i--) {
                lines.add("é" + "x".repeat(random.nextInt(200)) + i);
            }
            var bytes = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
            var stream = new ByteArrayOutputStream();
            for (var at = 0; at < bytes.length; ) {
                var length = Math.min(bytes.length - at, random.nextInt(50));
                stream.write(frame(1, bytes, at, length));
                at += length;
            }

            assertThat(heard(stream.toByteArray())).as("seed %d", seed).isEqualTo(lines);
        }
    }

    @Test
    void what_two_streams_print_at_once_is_not_mixed() throws IOException {
        var stream = new ByteArrayOutputStream();
        stream.write(frame(1, "ou", 0, 2));
        stream.write(frame(2, "err\n", 0, 4));
        stream.write(frame(1, "t\n", 0, 2));

        assertThat(heard(stream.toByteArray())).containsExactly("err", "out");
    }

    @Test
    void whatever_comes_is_no_more_than_lines() throws IOException {
        for (var seed = 1; seed <= 200; seed++) {
            var random = new Random(seed);
            var bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);

            assertThat(heard(bytes))
                    .as("seed %d", seed)
                    .allSatisfy(line -> assertThat(line).doesNotContain("\n"));
        }
    }

    @Test
    void a_line_without_an_end_is_cut() throws IOException {
        var text = "x".repeat(40_000);

        assertThat(heard(frame(1, text, 0, text.length()))).hasSize(3).allMatch(line -> line.length() <= 16 << 10);
    }

    private static List<String> heard(byte[] stream) throws IOException {
        var lines = new CopyOnWriteArrayList<String>();
        InputStream in = new ByteArrayInputStream(stream);
        try (var output = ExecOutput.report(in, lines::add)) {
            output.await(PATIENCE_MILLIS);
        }
        return lines;
    }

    private static byte[] frame(int stream, String text, int from, int length) {
        return frame(stream, text.getBytes(StandardCharsets.UTF_8), from, length);
    }

    private static byte[] frame(int stream, byte[] bytes, int from, int length) {
        return ByteBuffer.allocate(8 + length)
                .put((byte) stream)
                .position(4)
                .putInt(length)
                .put(bytes, from, length)
                .array();
    }
}
