package dev.hostseed.core.variables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
    private static final Map<String, String> VARIABLES =
            Map.of("A", "1", "EMPTY", "", "DOLLAR", "$A ${A} $$", "a_1", "x");

    private static Template template(List<String> unset) {
        return new Template(
                name -> Optional.ofNullable(VARIABLES.get(name)), (name, offset) -> unset.add(name + offset));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            nullValues = "NULL",
            value = {
                "text | text",
                "$A | 1",
                "${A} | 1",
                "x${A}y | x1y",
                "$A$A | 11",
                "$a_1 | x",
                "$A-b | 1-b",
                "$A.b | 1.b",
                "$$ | $",
                "$$A | $A",
                "$$$A | $1",
                "$$${A}$$ | $1$",
                "$${A} | ${A}",
                "^R$ | ^R$",
                "$} | $}",
                "$1 | $1",
                "a $ b | a $ b",
                "${EMPTY} | \"\"",
                "${NONE:-d} | d",
                "${NONE-d} | d",
                "${EMPTY:-d} | d",
                "${EMPTY-d} | \"\"",
                "${A:-d} | 1",
                "${NONE:-} | \"\"",
                "${NONE:-a b:c} | a b:c",
                "${NONE:-${A}} | 1",
                "${NONE:-${NONE:-${A}}} | 1",
                "${NONE:-$A-$A} | 1-1",
                "${NONE:-{x}} | {x}",
                "${NONE:-$$} | $",
                "${NONE-:x} | :x",
                "${A:+y} | y",
                "${A+y} | y",
                "${EMPTY:+y} | \"\"",
                "${EMPTY+y} | y",
                "${NONE:+y} | \"\"",
                "${NONE+y} | \"\"",
                "${A:+${A}${A}} | 11",
                "${A:?e} | 1",
                "${EMPTY?e} | \"\"",
                "${DOLLAR} | $A ${A} $$",
                "${NONE:-${DOLLAR}} | $A ${A} $$",
            })
    void a_text_is_filled(String text, String expected) throws Exception {
        assertThat(template(new ArrayList<>()).fill(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a ${ | 2 | '${' is not closed",
                "${A | 0 | '${' is not closed",
                "x${} | 1 | '${}' names no variable",
                "${1} | 0 | '${1}' names no variable",
                "${A B} | 0 | '${A B}' names no variable",
                "${ A} | 0 | '${ A}' names no variable",
                "${A:~} | 0 | '${A:~}' names no variable",
                "${A!} | 0 | '${A!}' names no variable",
                "ab ${NONE:?say it} | 3 | required variable NONE is missing a value: say it",
                "${EMPTY:?} | 0 | required variable EMPTY is missing a value",
                "${NONE:?with $A} | 0 | required variable NONE is missing a value: with 1",
                "${X:-${} | 0 | '${' is not closed",
            })
    void a_text_that_cannot_be_filled_says_where(String text, int offset, String what) {
        assertThatThrownBy(() -> template(new ArrayList<>()).fill(text))
                .isInstanceOfSatisfying(Template.BadTemplateException.class, bad -> {
                    assertThat(bad.what()).isEqualTo(what);
                    assertThat(bad.offset).isEqualTo(offset);
                    assertThat(bad.remedy).isNotEmpty();
                });
    }

    @Test
    void each_variable_taken_for_empty_is_told_with_its_place() throws Exception {
        var unset = new ArrayList<String>();

        assertThat(template(unset).fill("x $U ${V} ${W:-$Z}")).isEqualTo("x   ");
        assertThat(unset).containsExactly("U2", "V5", "Z15");
    }

    @Test
    void defaults_nested_too_deep_are_refused() {
        var text = "${N:-".repeat(30) + "}".repeat(30);

        assertThatThrownBy(() -> template(new ArrayList<>()).fill(text)).hasMessageContaining("nested deeper than 20");
    }

    @Test
    void a_text_without_a_dollar_is_itself_and_an_escaped_text_comes_back() throws Exception {
        for (var seed = 0; seed < 2000; seed++) {
            var text = anyText(new Random(seed));
            assertThat(template(new ArrayList<>()).fill(text.replace("$", "")))
                    .as("seed %d", seed)
                    .isEqualTo(text.replace("$", ""));
            assertThat(template(new ArrayList<>()).fill(text.replace("$", "$$")))
                    .as("seed %d", seed)
                    .isEqualTo(text);
        }
    }

    static String anyText(Random random) {
        var characters = "${}:-?+A1_ \t\n\\\"'#=é漢😀".codePoints().toArray();
        var text = new StringBuilder();
        for (var i = random.nextInt(40); i > 0; i--) {
            text.appendCodePoint(characters[random.nextInt(characters.length)]);
        }
        return text.toString();
    }
}
