package dev.hostseed.cli.host;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class VersionTest {
    @Test
    void the_version_is_that_of_the_build() {
        assertThat(Version.TEXT).isEqualTo(System.getProperty("hostseed.version"));
    }
}
