package dev.hostseed.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IgnoreRulesTest {

    @ParameterizedTest
    @CsvSource({
        "node_modules, node_modules, node_modules/a/b",
        "/target, target, target/x",
        "./a/../b/, b, b/c",
        "*/temp*, a/temporary.txt, a/temp/b",
        "*/*/temp*, a/b/temporary.txt, a/b/temp/c",
        "temp?, tempa, tempb/c",
        "**, a, a/b",
        "**/a, a, x/y/a",
        "**/*.go, main.go, a/b/c.go",
        "**.md, README.md, a/b.md",
        "docs/**, docs/a, docs/a/b",
        "a/**/b, a/b, a/x/y/b/c",
        "**/a/**, a/b, x/a/b/c",
        "[a-c].txt, b.txt, c.txt/d",
        "[^a].txt, b.txt, é.txt",
        "\\*.txt, *.txt, *.txt/a",
        "a.b$(c), a.b$(c), a.b$(c)/d",
        "日*, 日本, 日本/a",
    })
    void what_matches_is_ignored_with_all_below(String pattern, String one, String other) {
        var rules = IgnoreRules.read(pattern);

        assertThat(rules.ignores(one)).isTrue();
        assertThat(rules.ignores(other)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "node_modules, a/node_modules",
        "*.md, a/b.md",
        "temp?, temp",
        "temp?, temp/a",
        "**/a, ab",
        "docs/**, docs",
        "docs/**, docs2/a",
        "a/**/b, a/bc",
        "[a-c].txt, d.txt",
        "[^a].txt, a.txt",
        "\\*.txt, a.txt",
        "a.b, axb",
        "#a, #a",
        "' #a ', a",
        "., a",
        "/, a",
    })
    void what_does_not_match_is_kept(String pattern, String file) {
        assertThat(IgnoreRules.read(pattern).ignores(file)).isFalse();
    }

    @Test
    void the_last_line_that_matches_counts() {
        var rules = IgnoreRules.read("*.md\n!README*.md\nREADME-secret.md\n");

        assertThat(List.of("a.md", "README.md", "README-secret.md"))
                .extracting(rules::ignores)
                .containsExactly(true, false, true);
    }

    @Test
    void an_exception_below_an_ignored_directory_keeps_what_it_names() {
        var rules = IgnoreRules.read("a\n!a/b/keep\n");

        assertThat(rules.ignores("a/b/keep")).isFalse();
        assertThat(rules.ignores("a/b/other")).isTrue();
        assertThat(rules.mayKeepBelow("a")).isTrue();
        assertThat(rules.mayKeepBelow("a/b")).isTrue();
        assertThat(rules.mayKeepBelow("a/c")).isFalse();
    }

    @Test
    void comments_blank_lines_and_a_byte_order_mark_say_nothing() {
        var rules = IgnoreRules.read("\uFEFF# a\n\n   \r\nb\r\n ! b/c \n");

        assertThat(rules.ignores("b")).isTrue();
        assertThat(rules.ignores("b/c")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"!", "!/..", "[", "[]", "a[^]", "[a-", "[-a]", "a\\"})
    void what_is_no_pattern_is_refused(String pattern) {
        assertThatThrownBy(() -> IgnoreRules.read(pattern)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_pattern_of_many_stars_is_no_burden() {
        var rules = IgnoreRules.read("a*".repeat(200) + "b\n" + "**/a/".repeat(100) + "b");

        assertThat(rules.ignores("a/".repeat(1000) + "a".repeat(250))).isFalse();
    }
}
