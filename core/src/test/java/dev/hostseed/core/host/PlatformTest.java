package dev.hostseed.core.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;

class PlatformTest {
    @Test
    void two_are_the_same_if_each_part_is() {
        var seven = new Platform("linux", "arm", "v7");

        assertThat(seven).isEqualTo(Platform.parse("linux/arm/v7")).hasSameHashCodeAs(Platform.parse("linux/arm/v7"));
        assertThat(Set.of(seven))
                .doesNotContain(
                        new Platform("linux", "arm", "v6"),
                        new Platform("linux", "arm64", "v7"),
                        new Platform("windows", "arm", "v7"));
        assertThat(seven).isNotEqualTo("linux/arm/v7");
    }

    @Test
    void a_registry_s_slash_within_a_part_makes_no_other_platform() {
        assertThat(new Platform("linux", "arm/v7", "")).isNotEqualTo(new Platform("linux", "arm", "v7"));
    }
}
