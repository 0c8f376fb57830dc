package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.ImageReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NamesTest {
    @ParameterizedTest
    @CsvSource({
        "redis:7.4,docker.io/library/redis:7.4",
        "redis:latest,docker.io/library/redis:latest",
        "example/web:1,docker.io/example/web:1",
        "registry.example:5000/a/b:1,registry.example:5000/a/b:1",
        "localhost/a:1,localhost/a:1"
    })
    void a_name_has_a_short_and_a_full_form(String familiar, String full) {
        assertThat(Names.full(ImageReference.parse(familiar))).isEqualTo(full);
        assertThat(Names.familiar(full)).contains(familiar);
        assertThat(Names.familiar(familiar)).contains(familiar);
    }

    @Test
    void what_is_no_name_has_none() {
        assertThat(Names.familiar("<none>:<none>")).isEmpty();
        assertThat(Names.familiar("")).isEmpty();
    }
}
