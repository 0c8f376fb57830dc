package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SlicesTest {
    @Test
    void each_hyphen_of_a_slice_is_a_directory() {
        var root = Path.of("/sys/fs/cgroup");

        assertThat(Slices.pathOf("shop.slice", root)).isEqualTo(root.resolve("shop.slice"));
        assertThat(Slices.pathOf("shop-a-b.slice", root))
                .isEqualTo(root.resolve("shop.slice/shop-a.slice/shop-a-b.slice"));
        assertThat(Slices.pathOf("shop-my\\x2dapp.slice", root))
                .isEqualTo(root.resolve("shop.slice/shop-my\\x2dapp.slice"));
    }
}
