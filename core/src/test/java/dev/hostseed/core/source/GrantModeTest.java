package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Node;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrantModeTest {
    private final Report report = new Report();

    private Optional<FileMode> mode(String text, boolean plain) {
        var at = new Position(Path.of("compose.yaml"), 1, 1);
        var scope =
                new Scope(report, new ProjectDirectory(Path.of("none")), Map.of(), new ProjectName("case"), Set.of());
        return GrantMode.read(new Node.Scalar(at, text, plain), Kind.CONFIG, scope);
    }

    private String problems() {
        return report.sorted().stream()
                .map(problem -> problem.what() + " — " + problem.remedy())
                .collect(Collectors.joining());
    }

    @Test
    void every_mode_is_itself_in_each_octal_form() {
        for (var bits = 0; bits <= 0777; bits++) {
            var digits = Integer.toOctalString(bits);

            assertThat(mode("0" + digits, true)).as(digits).contains(new FileMode(bits));
            assertThat(mode("0o" + digits, true)).as(digits).contains(new FileMode(bits));
            assertThat(mode("0" + digits, false)).as(digits).contains(new FileMode(bits));
            assertThat(mode(digits, false)).as(digits).contains(new FileMode(bits));
        }
    }

    /// No number is taken for anything else than Compose takes it for.
    @Test
    void a_decimal_number_is_its_value_or_nothing() {
        for (var number = 1; number <= 1024; number++) {
            var read = mode(Integer.toString(number), true);

            assertThat(read.map(FileMode::bits).orElse(number)).isEqualTo(number);
        }
    }

    @ParameterizedTest
    @CsvSource({"256, 0400", "288, 0440", "292, 0444", "384, 0600", "416, 0640", "420, 0644", "493, 0755"})
    void a_mode_as_json_has_it_is_taken(String text, String mode) {
        assertThat(mode(text, true)).map(FileMode::toString).contains(mode);
    }

    @ParameterizedTest
    @ValueSource(strings = {"400", "440", "444", "500", "600", "640", "644", "700", "755"})
    void octal_digits_without_their_zero_are_refused_with_it(String text) {
        assertThat(mode(text, true)).isEmpty();
        assertThat(problems()).startsWith("'" + text + "' is a decimal number").endsWith("write 0" + text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x1ff", "0888", "-1", "rw", "0o", "0000000440", "99999999999"})
    void what_is_no_mode_is_refused(String text) {
        assertThat(mode(text, true)).isEmpty();
        assertThat(report.sorted()).extracting(Problem::severity).containsExactly(Problem.Severity.ERROR);
    }
}
