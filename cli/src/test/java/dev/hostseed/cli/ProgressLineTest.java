package dev.hostseed.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProgressLineTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @Test
    void on_a_terminal_one_line_is_redrawn_cut_off_at_its_width_and_taken_away() {
        try (var line = new ProgressLine(terminal(true, false))) {
            line.at("loading example/web:1", 0, 400);
            line.at("loading example/web:1", 400, 400);
        }

        assertThat(written.toString(UTF_8))
                .isEqualTo("\r\033[?7lloading example/web:1  0 B of 400 B  0 %\033[K\033[?7h"
                        + "\r\033[?7lloading example/web:1  400 B of 400 B  100 %\033[K\033[?7h"
                        + "\r\033[?7l\033[K\033[?7h");
    }

    @Test
    void elsewhere_each_thing_is_told_once() {
        try (var line = new ProgressLine(terminal(false, false))) {
            line.at("loading a", 0, 400);
            line.at("loading b", 0, 0);
            line.at("loading a", 400, 400);
        }

        assertThat(written.toString(UTF_8)).isEqualTo("loading a (400 B)\nloading b\n");
    }

    @Test
    void nothing_is_told_to_who_wants_quiet_and_nothing_is_taken_away_that_was_not_shown() {
        try (var line = new ProgressLine(terminal(true, true))) {
            line.at("loading a", 0, 400);
        }

        assertThat(written.toString(UTF_8)).isEmpty();
    }

    @Test
    void what_others_wrote_does_not_steer_the_terminal() {
        try (var line = new ProgressLine(terminal(true, false))) {
            line.at("building web: \033[2J", 0, 0);
        }

        assertThat(written.toString(UTF_8)).contains("building web: ?[2J");
    }

    private Terminal terminal(boolean interactive, boolean quiet) {
        var stream = new PrintStream(written, true, UTF_8);
        return new Terminal(stream, stream, interactive, quiet);
    }
}
