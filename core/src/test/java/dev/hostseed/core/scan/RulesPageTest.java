package dev.hostseed.core.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Whether the page of all rules says what is looked for.
@DisplayNameGeneration(ReplaceUnderscores.class)
class RulesPageTest {
    private static final Path PAGE = Path.of("../docs/reference/secret-rules.md");
    private static final String BEGIN = "<!-- made of the tables of rules -->\n";

    @Test
    void the_page_is_what_the_tables_of_rules_make() throws IOException {
        var text = Files.readString(PAGE);
        var actual = text.substring(0, text.indexOf(BEGIN)) + BEGIN + tables();

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, actual);
            throw new AssertionError("rewrote " + PAGE);
        }
        assertThat(text).isEqualTo(actual);
    }

    private static String tables() {
        return table("In the content of files", SecretRules.content())
                + table("By the path of a file", SecretRules.paths())
                + table("In the config of an image, and of a layer as a whole", SecretRules.others());
    }

    private static String table(String title, List<SecretRule> rules) {
        var text = new StringBuilder("\n## " + title + "\n| rule | severity | finds | where |\n|---|---|---|---|\n");
        for (var rule : rules) {
            text.append("| `%s` | %s | %s | %s |\n"
                    .formatted(
                            rule.id(),
                            rule.severity().name().toLowerCase(Locale.ROOT),
                            rule.what(),
                            rule.where().replace("|", "\\|")));
        }
        return text.toString();
    }
}
