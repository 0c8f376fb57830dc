package dev.hostseed.cloudinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.HostName;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class MetaDataTest {
    private static final HostName NAME = new HostName("shop-1");

    @Test
    void the_instance_id_names_the_host_and_its_content() {
        assertThat(MetaData.of(NAME, "a", "b").instanceId()).matches("hostseed-shop-1-[0-9a-f]{16}");
        assertThat(MetaData.of(NAME, "a", "b")).isEqualTo(MetaData.of(NAME, "a", "b"));
    }

    @Test
    void content_that_moves_from_part_to_part_is_other_content() {
        assertThat(MetaData.of(NAME, "a", "b").instanceId())
                .isNotEqualTo(MetaData.of(NAME, "ab", "").instanceId())
                .isNotEqualTo(MetaData.of(NAME, "ab").instanceId())
                .isNotEqualTo(MetaData.of(NAME, "b", "a").instanceId());
    }

    @Test
    void a_name_that_looks_like_something_else_is_quoted() {
        assertThat(new MetaData(new HostName("1e3"), "hostseed-1e3-0").text()).isEqualTo("""
                        instance-id: "hostseed-1e3-0"
                        local-hostname: "1e3"
                        """);
    }
}
