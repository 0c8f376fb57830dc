package dev.hostseed.core.data;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PluralTest {
    @Test
    void sizes_have_one_decimal_and_never_four_digits_before_it() {
        assertThat(Plural.ofBytes(999)).isEqualTo("999 B");
        assertThat(Plural.ofBytes(1000)).isEqualTo("1.0 kB");
        assertThat(Plural.ofBytes(999_949)).isEqualTo("999.9 kB");
        assertThat(Plural.ofBytes(999_950)).isEqualTo("1.0 MB");
        assertThat(Plural.ofBytes(Long.MAX_VALUE)).isEqualTo("9.2 EB");
    }

    @Test
    void one_is_not_many() {
        assertThat(Plural.of(1, "image")).isEqualTo("1 image");
        assertThat(Plural.of(0, "image")).isEqualTo("0 images");
    }
}
