package dev.hostseed.systemd.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hostseed.core.host.TargetPath;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class DirectiveTest {
    @Test
    void a_command_keeps_every_word() {
        var words = List.of(
                "/bin/x", "", ";", "a b", "100%", "$HOME", "it's \"so\"", "back\\slash", "two\nlines", "\u0001");

        assertThat(Directive.command("ExecStart", words).line())
                .isEqualTo("ExecStart=/bin/x \"\" \";\" \"a b\" \"100%%\" \"$$HOME\" \"it's \\\"so\\\"\""
                        + " \"back\\\\slash\" \"two\\nlines\" \"\\x01\"");
    }

    @Test
    void an_assignment_has_no_variables_but_specifiers() {
        assertThat(Directive.assignment("Environment", "A", "$B 50%").line()).isEqualTo("Environment=\"A=$B 50%%\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1A", "A-B", "A.B", "A=B", "Ä"})
    void a_variable_that_systemd_passes_over_is_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> Directive.assignment("Environment", name, "x"));
    }

    @Test
    void a_line_keeps_its_quotes() {
        assertThat(Directive.line("Description", "it's 50% \"off\"").line()).isEqualTo("Description=it's 50%% \"off\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " a", "a ", "a\\", "a\nExecStartPre=/bin/evil", "a\u0000", "a\u001b"})
    void a_line_that_cannot_be_kept_is_refused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> Directive.line("Description", text));
    }

    @Test
    void paths_keep_their_blanks() {
        var paths =
                List.of(new TargetPath("/a b"), new TargetPath("/50%"), new TargetPath("/\"x\\"), new TargetPath("/c"));

        assertThat(Directive.paths("RequiresMountsFor", paths).line())
                .isEqualTo("RequiresMountsFor=\"/a b\" \"/50%%\" \"/\\\"x\\\\\" /c");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000b", "\ud800", "\udfff!", "\uffff", "\ufdd0", "\ud83f\udffe"})
    void text_that_no_unit_can_carry_is_refused(String text) {
        assertThat(UnitText.carries(text)).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> Directive.command("ExecStart", List.of("/x", text)));
        assertThatIllegalArgumentException().isThrownBy(() -> Directive.assignment("Environment", "A", text));
    }

    @Test
    void an_argument_longer_than_the_kernel_takes_is_refused() {
        assertThat(Directive.command("ExecStart", List.of("é".repeat(65535))).value())
                .hasSize(65537);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Directive.command("ExecStart", List.of("é".repeat(65536))));
    }

    @Test
    void a_line_longer_than_systemd_reads_is_refused() {
        var words = Collections.nCopies(9, "a".repeat(131000));

        assertThatIllegalArgumentException().isThrownBy(() -> Directive.command("ExecStart", words));
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0s", "PT1.5S, 1500ms", "PT1M, 60s", "PT0.0019S, 1ms", "PT20.000000001S, 20s"})
    void a_time_is_exact_to_the_millisecond(Duration time, String value) {
        assertThat(Directive.time("TimeoutStopSec", time).value()).isEqualTo(value);
    }

    @Test
    void a_unit_has_sections_with_a_blank_line_between() {
        var unit = Unit.of(
                new Unit.Section("Unit", List.of(Directive.line("Description", "x"))),
                new Unit.Section("Slice", List.of()),
                new Unit.Section("Service", List.of(Directive.literal("Type", "notify"))));

        assertThat(unit.text()).isEqualTo("[Unit]\nDescription=x\n\n[Service]\nType=notify\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".service",
                "a@.service",
                "a@b@c.service",
                "@b.service",
                "a b.service",
                "a.mount",
                "a/b.service",
                "é.service"
            })
    void a_name_that_is_none_of_a_unit_is_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> new UnitName(name));
    }

    @Test
    void a_name_has_at_most_255_bytes() {
        assertThat(new UnitName("a".repeat(247) + ".service").value()).hasSize(255);

        assertThatIllegalArgumentException().isThrownBy(() -> new UnitName("a".repeat(248) + ".service"));
    }
}
