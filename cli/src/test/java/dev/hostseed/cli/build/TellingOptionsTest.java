package dev.hostseed.cli.build;

import static dev.hostseed.cli.build.TellingOptions.Colour.always;
import static dev.hostseed.cli.build.TellingOptions.Colour.auto;
import static dev.hostseed.cli.build.TellingOptions.Colour.never;
import static dev.hostseed.cli.build.TellingOptions.coloured;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class TellingOptionsTest {
    @Test
    void colours_are_for_terminals_and_for_who_wants_them() {
        assertThat(coloured(auto, Map.of(), true)).isTrue();
        assertThat(coloured(auto, Map.of(), false)).isFalse();
        assertThat(coloured(auto, Map.of("TERM", "dumb"), true)).isFalse();
        assertThat(coloured(always, Map.of("NO_COLOR", "1"), false)).isTrue();
        assertThat(coloured(never, Map.of(), true)).isFalse();
    }

    @Test
    void NO_COLOR_counts_when_it_is_not_empty() {
        assertThat(coloured(auto, Map.of("NO_COLOR", ""), true)).isTrue();
        assertThat(coloured(auto, Map.of("NO_COLOR", "0"), true)).isFalse();
    }
}
