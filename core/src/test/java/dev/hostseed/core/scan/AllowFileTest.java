package dev.hostseed.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.problem.ProblemText;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class AllowFileTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 21);
    private static final String MARK = "0123456789abcdef".repeat(2);

    @Test
    void a_line_has_mark_date_and_reason() {
        var file = parse("# of the demo\n\n" + MARK + "  2026-11-20\tthe key of the demo host  \n");

        assertThat(file.problems()).isEmpty();
        assertThat(file.entries()).containsOnlyKeys(MARK);
        var entry = file.entries().values().iterator().next();
        assertThat(entry.reason()).isEqualTo("the key of the demo host");
        assertThat(entry.date()).isEqualTo("2026-11-20");
        assertThat(entry.at()).hasToString("allow:3:1");
    }

    @Test
    void everything_that_is_wrong_is_told_at_its_place() {
        var file = parse("""
                secret 2026-11-20 because
                %1$s
                %1$s soon because
                %1$s 2026-11-22 because
                %1$s 2026-11-21
                %1$s 2026-11-21 <why>
                %1$s 2026-11-21 because
                %1$s 2026-11-21 because
                """.formatted(MARK));

        var told = file.problems().stream().map(ProblemText::of).collect(Collectors.joining());
        assertThat(told)
                .contains(
                        "allow:1:1: error: 'secret' is not the mark of a finding",
                        "allow:2:33: error: there is no date",
                        "allow:3:34: error: 'soon' is not a date",
                        "allow:4:34: error: '2026-11-22' is yet to come",
                        "allow:5:44: error: there is no reason",
                        "allow:6:45: error: there is no reason",
                        "allow:8:1: error: the mark '" + MARK + "' is there twice");
        assertThat(file.problems()).hasSize(7);
    }

    @Test
    void a_line_for_nothing_is_warned_of() {
        var file = parse(MARK + " 2026-11-20 because\n");

        assertThat(file.unused(Set.of(MARK))).isEmpty();
        assertThat(file.unused(Set.of())).singleElement().satisfies(problem -> {
            assertThat(problem.severity()).isEqualTo(Problem.Severity.WARNING);
            assertThat(problem.at()).hasToString("allow:1:1");
        });
    }

    @Test
    void any_text_is_entries_or_problems() {
        for (var seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            var text = new StringBuilder();
            for (var i = random.nextInt(60); i >= 0; i--) {
                text.append(
                        new String[] {MARK, " ", "\t", "\n", "#", "2026-01-01", "ü", "<why>", "a"}[random.nextInt(9)]);
            }
            var file = parse(text.toString());
            var lines = text.toString()
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .count();
            assertThat(file.entries().size() + file.problems().size())
                    .as("seed %d", seed)
                    .isEqualTo((int) lines);
        }
    }

    private static AllowFile parse(String text) {
        return AllowFile.parse(Path.of("allow"), text, TODAY);
    }
}
