package dev.hostseed.core.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class EngineApiTest {
    @ParameterizedTest
    @CsvSource({
        "20.10,41",
        "20.10.24,41",
        "23.0,42",
        "24.0.9,43",
        "26.1.5,45",
        "27.1,46",
        "27.5.1,47",
        "28.5.2,51",
        "30.0,52"
    })
    void a_release_of_docker_speaks_a_version_of_the_api(String docker, int minor) {
        assertThat(EngineApi.of(docker).minor()).isEqualTo(minor);
    }

    @Test
    void each_version_came_with_a_release_that_speaks_it() {
        for (var minor = 41; minor <= 52; minor++) {
            var api = new EngineApi(minor);
            assertThat(EngineApi.of(api.release())).isEqualTo(api);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "26", "1.13", "19.03.15", "v26.1", "26.1-rc1", "9999.0", "26.1.5.1"})
    void what_is_no_release_that_we_know_is_refused(String docker) {
        assertThatThrownBy(() -> EngineApi.of(docker)).isInstanceOf(IllegalArgumentException.class);
    }
}
