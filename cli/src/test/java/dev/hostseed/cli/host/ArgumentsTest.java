package dev.hostseed.cli.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.cli.UsageException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ArgumentsTest {
    @Test
    void a_value_follows_its_option_or_an_equals_sign() throws UsageException {
        assertThat(arguments("-p", "shop").require("--project-name")).isEqualTo("shop");
        assertThat(arguments("--project-name=a=b").require("--project-name")).isEqualTo("a=b");
        assertThat(arguments("--project-name=").require("--project-name")).isEmpty();
    }

    @Test
    void two_hyphens_end_the_options() throws UsageException {
        assertThat(arguments("--clean", "--", "--clean").operands("SERVICE")).containsExactly("--clean");
    }

    @Test
    void what_is_unknown_missing_or_too_much_is_told_by_name() {
        assertThatThrownBy(() -> arguments("--cleam")).hasMessage("'--cleam' is not an option here");
        assertThatThrownBy(() -> arguments("--clean=yes")).hasMessage("'--clean=yes' is not an option here");
        assertThatThrownBy(() -> arguments("-p")).hasMessage("'-p' needs a value");
        assertThatThrownBy(() -> arguments().require("--project-name")).hasMessage("'--project-name' is missing");
        assertThatThrownBy(() -> arguments("a", "b").operands("SERVICE")).hasMessage("expected SERVICE, found 2 words");
        assertThatThrownBy(() -> arguments("a").operands()).hasMessage("'a' is one word too many");
    }

    private static Arguments arguments(String... words) throws UsageException {
        return new Arguments(List.of(words), List.of("--project-name"), List.of("--clean"));
    }
}
