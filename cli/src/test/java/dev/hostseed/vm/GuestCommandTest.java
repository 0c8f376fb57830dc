package dev.hostseed.vm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GuestCommandTest {
    private static final GuestCommand COMMAND = new GuestCommand(7, "echo 'ü'\nfalse", Duration.ofSeconds(5));

    @Test
    void a_command_is_one_line_whatever_it_says() {
        assertThat(new String(COMMAND.line(), UTF_8)).isEqualTo("\n7 5 " + word("echo 'ü'\nfalse") + "\n");
    }

    @Test
    void a_reply_has_both_streams_and_the_code() {
        var reply = "7 boot-1 -9 %s %s".formatted(word("ü\n"), word(""));

        assertThat(COMMAND.resultIn(reply))
                .contains(new GuestCommand.Result("echo 'ü'\nfalse", "boot-1", -9, "ü\n", ""));
    }

    @Test
    void a_reply_to_another_command_and_half_a_reply_are_passed_over() {
        assertThat(COMMAND.resultIn("6 boot-1 0 [] []")).isEmpty();
        assertThat(COMMAND.resultIn("7 boot-1 0 []")).isEmpty();
    }

    private static String word(String text) {
        return "[" + Base64.getEncoder().encodeToString(text.getBytes(UTF_8)) + "]";
    }
}
