package dev.hostseed.core.problem;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProblemTextTest {
    private static String textOf(String excerpt, int column) {
        var at = new Position(Path.of("f"), 1, column);
        return ProblemText.of(new Problem(Problem.Severity.ERROR, at, "what", "why", "remedy", excerpt));
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
                "a: ${A:-${B C}} d|4|   ^^^^^^^^^^^^",
                "a: ${A|4|   ^^^",
                "a: b|99|    ^",
            })
    void the_caret_stands_below_what_is_meant(String excerpt, int column, String carets) {
        assertThat(textOf(excerpt, column).lines().toList()).element(2).isEqualTo("     | " + carets);
    }

    @Test
    void no_control_character_and_no_endless_line_reaches_a_terminal() {
        var characters = "\u001b[31m\u0007\r\t\u202e\u0085x漢\ud800".toCharArray();
        for (var seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var excerpt = new StringBuilder();
            for (var i = random.nextInt(1000); i > 0; i--) {
                excerpt.append(characters[random.nextInt(characters.length)]);
            }
            var lines = textOf(excerpt.toString(), 1 + random.nextInt(1000)).split("\n", -1);
            assertThat(lines)
                    .as("seed %d", seed)
                    .hasSizeLessThanOrEqualTo(4)
                    .allSatisfy(line -> assertThat(line.codePoints())
                            .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT));
        }
    }
}
