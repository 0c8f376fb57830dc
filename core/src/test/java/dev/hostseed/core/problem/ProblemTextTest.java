package dev.hostseed.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTextTest {
    private static final Path FILE = Path.of("f");

    private static Problem problem(String text, int line, int column) {
        var report = new Report();
        report.show(FILE, text);
        report.error(new Position(FILE, line, column), "what", "why", "remedy");
        return report.sorted().getFirst();
    }

    private static List<String> linesOf(String text, int column) {
        return ProblemText.of(problem(text, 1, column)).lines().toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "a: b|4|   ^",
                "a: bcd, e|4|   ^^^",
                "%\ta: b%|2|    ^",
                "a:\tb|4|      ^",
                "漢字: b|1|^^^^",
                "漢字: b|5|      ^",
                "😀: b|4|    ^",
                "é: b|4|   ^",
                "e\u0301: b|5|   ^",
                "a: 'b c' d|4|   ^^^^^",
                "a: x${A B}y|5|    ^^^^^^",
                "a: x$A-y|5|    ^^",
                "a: ${A:-${B C}} d|4|   ^^^^^^^^^^^^",
                "a: ${A|4|   ^^^",
                "a: b|99|    ^",
            })
    void the_caret_stands_below_what_is_meant(String text, int column, String carets) {
        assertThat(linesOf(text, column)).element(2).isEqualTo("      | " + carets);
    }

    @Test
    void of_a_long_line_is_shown_what_is_meant_and_what_is_around_it() {
        var text = "a: " + "x".repeat(500) + " here " + "y".repeat(500);

        assertThat(linesOf(text, 505))
                .element(1)
                .asString()
                .startsWith("    1 | …xx")
                .contains("x here y")
                .endsWith("yy…");
        assertThat(linesOf(text, 505)).element(2).isEqualTo("      | " + " ".repeat(40) + "^^^^");
        assertThat(linesOf(text, 4))
                .element(1)
                .asString()
                .startsWith("    1 | a: xx")
                .hasSize(8 + Source.WINDOW);
        assertThat(linesOf(text, 4)).element(2).isEqualTo("      |    " + "^".repeat(Source.WINDOW - 3));
    }

    @Test
    void colours_mark_what_matters_and_change_no_text() {
        var problem = problem("a: b", 1, 4);

        assertThat(ProblemText.of(problem, true))
                .isEqualTo("\033[1mf:1:4:\033[0m \033[1;31merror:\033[0m \033[1mwhat\033[0m — why — remedy\n"
                        + "\033[2m    1 | \033[0ma: b\n\033[2m      | \033[0m   \033[1;31m^\033[0m\n");
        assertThat(ProblemText.of(problem, true).replaceAll("\033\\[[0-9;]*m", ""))
                .isEqualTo(ProblemText.of(problem));
    }

    @Test
    void errors_and_warnings_are_counted() {
        var report = new Report();
        assertThat(ProblemText.summary(report.sorted())).isEmpty();
        report.error(new Position(FILE, 1, 1), "a", "");
        report.error(new Position(FILE, 1, 2), "a", "");
        report.info(new Position(FILE, 1, 3), "a", "");
        assertThat(ProblemText.summary(report.sorted())).isEqualTo("2 errors");
        report.warn(new Position(FILE, 1, 4), "a", "");
        assertThat(ProblemText.summary(report.sorted())).isEqualTo("2 errors, 1 warning");
    }

    @Test
    void more_problems_than_anybody_reads_are_left_out_with_a_word() {
        var report = new Report();
        for (var line = 1; line <= 300; line++) {
            report.warn(new Position(FILE, line, 1), "a", "");
        }
        report.error(new Position(FILE, 301, 1), "the first error", "");

        assertThat(report.sorted())
                .hasSize(202)
                .element(200)
                .extracting(Problem::what)
                .isEqualTo("the first error");
        assertThat(report.sorted().getLast().what()).isEqualTo("there are more problems than these");
    }

    @Test
    void no_control_character_and_no_endless_line_reaches_a_terminal() {
        var characters = "\u001b[31m\u0007\r\t\u202e\u0085x漢\ud800".toCharArray();
        for (var seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var text = new ArrayList<String>();
            for (var i = random.nextInt(1000); i > 0; i--) {
                text.add(String.valueOf(characters[random.nextInt(characters.length)]));
            }
            var problem = problem(String.join("", text), 1, 1 + random.nextInt(1000));
            assertThat(ProblemText.of(problem).split("\n", -1))
                    .as("seed %d", seed)
                    .hasSizeLessThanOrEqualTo(5)
                    .allSatisfy(line -> assertThat(line.codePoints())
                            .hasSizeLessThan(500)
                            .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT));
        }
    }
}
