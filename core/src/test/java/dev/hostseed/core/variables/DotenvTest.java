package dev.hostseed.core.variables;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.problem.ProblemText;
import dev.hostseed.core.problem.Report;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DotenvTest {
    private static final Path FILE = Path.of("x.env");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            value = {
                "A=1 | {A=1}",
                "A: 1 | {A=1}",
                "A= | {A=}",
                "A=  b  | {A=b}",
                "export A=1 | {A=1}",
                "exported=1 | {exported=1}",
                "A=b c | {A=b c}",
                "A=b #c | {A=b}",
                "A=b#c | {A=b#c}",
                "#A=1 | {}",
                "A='b #c' | {A=b #c}",
                "A=\"b #c\" # d | {A=b #c}",
                "A='$HOME' | {A=$HOME}",
                "A=\"$HOME\" | {A=/root}",
                "A=$HOME | {A=/root}",
                "A=${HOME}/x | {A=/root/x}",
                "A=${NONE:-d} | {A=d}",
                "A=\"\\$HOME\" | {A=$HOME}",
                "A=\"it's\" | {A=it's}",
                "A='say \"x\"' | {A=say \"x\"}",
                "A=\"say \\\"x\\\"\" | {A=say \"x\"}",
                "A=\"b\\tc\" | %{A=b\tc}%",
                "A='b\\tc' | {A=b\\tc}",
                "A=b=c | {A=b=c}",
                "A.B-C=1 | {A.B-C=1}",
                "A[0]=1 | {A[0]=1}",
                "HOME | {HOME=/root}",
                "NOWHERE | {}",
                "%A=1\nB=$A% | %{A=1, B=1}%",
                "%A='b\nc'\nD=1% | %{A=b\nc, D=1}%",
                "%A=1\r\nB=2% | {A=1, B=2}",
                "%A=1\n\n\nA=2% | {A=2}",
                "%\uFEFFA=1% | {A=1}",
            })
    void a_file_is_read_as_compose_reads_it(String text, String expected) {
        var report = new Report();

        assertThat(Dotenv.read(text, FILE, Map.of("HOME", "/root"), report)).hasToString(expected);
        assertThat(report.hasErrors()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '%',
            value = {
                "%A=1\n B=\"x% | x.env:2:4: error: unterminated quoted value",
                "a b=1 | x.env:1:1: error: 'a b' is not the name of a variable",
                "a$b=1 | x.env:1:2: error: '$' in the name of a variable",
                "=1 | x.env:1:1: error: a variable without a name",
                "%X=é\nA=${% | x.env:2:3: error: '${' is not closed",
                "A=\"\\0\" | x.env:1:3: error: a value with a NUL character",
                "é=1 B | ''",
                "A=$NONE | x.env:1:3: warning: the variable NONE is not set, taking it for empty",
                "NOWHERE | x.env:1:1: warning: NOWHERE has no value and is not set, ignoring",
            })
    void what_is_wrong_is_told_at_its_place(String text, String start) {
        var report = new Report();

        Dotenv.read(text, FILE, Map.of(), report);

        if (start.equals("''")) {
            assertThat(report.sorted()).isEmpty();
        } else {
            assertThat(report.sorted())
                    .singleElement()
                    .satisfies(p -> assertThat(ProblemText.of(p)).startsWith(start));
        }
    }

    @Test
    void all_values_of_a_file_together_have_a_limit() {
        var text = new StringBuilder("A=" + "x".repeat(128 << 10) + "\n");
        for (var i = 0; i < 1000; i++) {
            text.append('B').append(i).append("=$A\n");
        }
        var report = new Report();

        Dotenv.read(text.toString(), FILE, Map.of(), report);

        assertThat(report.sorted())
                .singleElement()
                .satisfies(p -> assertThat(p.what()).contains("more than 4 MiB"));
    }

    @Test
    void a_value_in_double_quotes_comes_back() {
        for (var seed = 0; seed < 2000; seed++) {
            var value = TemplateTest.anyText(new Random(seed));
            var written =
                    "A=\"" + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("$", "\\$") + "\"\nB=1\n";

            assertThat(Dotenv.read(written, FILE, Map.of(), new Report()))
                    .as("seed %d: %s", seed, written)
                    .isEqualTo(Map.of("A", value, "B", "1"));
        }
    }
}
