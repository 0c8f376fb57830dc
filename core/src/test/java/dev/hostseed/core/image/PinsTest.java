package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PinsTest {
    private static final ProjectName SHOP = new ProjectName("shop");
    private static final LockedImage WEB = image("example/web:1", "base", "code");
    private static final LockedImage NEWER_WEB = image("example/web:1", "base", "newer code");
    private static final LockedImage REDIS = image("redis:7", "base");

    @Test
    void a_first_lock_has_version_1() throws Exception {
        assertThat(Pins.NONE.lock(SHOP, Scan.NONE, List.of(WEB)).version()).isEqualTo(1);
    }

    @Test
    void each_change_of_the_images_counts_the_version_up_and_nothing_else_does() throws Exception {
        var first = Pins.NONE.lock(SHOP, Scan.NONE, List.of(WEB));

        assertThat(Pins.of(first).lock(SHOP, Scan.NONE, List.of(WEB))).isEqualTo(first);
        assertThat(Pins.of(first)
                        .lock(SHOP, new Scan(1, List.of()), List.of(WEB))
                        .version())
                .isEqualTo(1);
        assertThat(Pins.of(first).lock(SHOP, Scan.NONE, List.of(NEWER_WEB)).version())
                .isEqualTo(2);
        assertThat(Pins.of(first).lock(SHOP, Scan.NONE, List.of(REDIS, WEB)).version())
                .isEqualTo(2);
    }

    @Test
    void locked_pins_refuse_any_change_and_tell_all_of_them_at_once() throws Exception {
        var pins = Pins.of(Pins.NONE.lock(SHOP, Scan.NONE, List.of(image("a/gone:1", "base"), WEB)))
                .locked();

        assertThatThrownBy(() -> pins.lock(SHOP, Scan.NONE, List.of(NEWER_WEB, REDIS)))
                .isInstanceOf(MovedException.class)
                .hasMessage("""
                        the images are not those that the lock pins:
                          - a/gone:1  %s  1 layer, 4 B
                          ~ example/web:1  %s → %s  1 of 2 layers new, 10 B
                          + redis:7  %s  1 layer, 4 B
                        build without --locked to take them as they are now and to write the lock anew""".formatted(id(image("a/gone:1", "base")), id(WEB), id(NEWER_WEB), id(REDIS)));
    }

    @Test
    void locked_pins_take_what_they_pin() throws Exception {
        var lock = Pins.NONE.lock(SHOP, Scan.NONE, List.of(WEB));

        assertThat(Pins.of(lock).locked().lock(SHOP, Scan.NONE, List.of(WEB))).isEqualTo(lock);
    }

    @Test
    void an_image_that_is_to_be_updated_is_not_pinned() throws Exception {
        var pins = Pins.of(Pins.NONE.lock(SHOP, Scan.NONE, List.of(REDIS, WEB)));

        assertThat(pins.of(WEB.reference())).contains(WEB);
        assertThat(pins.of(ImageReference.parse("other:1"))).isEmpty();
        assertThat(pins.updating(WEB.reference()::equals).of(WEB.reference())).isEmpty();
        assertThat(pins.updating(WEB.reference()::equals).of(REDIS.reference())).contains(REDIS);
    }

    @Test
    void the_digest_in_a_registry_is_kept_as_long_as_the_image_is_the_same() throws Exception {
        var registry = Digest.of(new byte[1]).value();
        var pulled = new LockedImage(
                WEB.reference(), registry, WEB.platform(), WEB.config(), WEB.manifest(), WEB.loaded(), WEB.layers());
        var pins = Pins.of(Pins.NONE.lock(SHOP, Scan.NONE, List.of(pulled)));

        assertThat(pins.registryOf(WEB.reference(), WEB.config())).isEqualTo(registry);
        assertThat(pins.registryOf(WEB.reference(), NEWER_WEB.config())).isEmpty();
    }

    @Test
    void an_image_for_another_platform_has_moved() {
        var arm = new LockedImage(
                WEB.reference(),
                "",
                new Platform("linux", "arm64", ""),
                WEB.config(),
                WEB.manifest(),
                WEB.loaded(),
                WEB.layers());

        assertThat(LockDiff.between(List.of(WEB), List.of(arm)).lines())
                .containsExactly("~ example/web:1  linux/amd64 → linux/arm64  the same layers");
    }

    private static String id(LockedImage image) {
        return image.config().digest().value().substring(0, 19);
    }

    private static LockedImage image(String reference, String... layers) {
        var config = content(reference + String.join(",", layers));
        return new LockedImage(
                ImageReference.parse(reference),
                "",
                new Platform("linux", "amd64", ""),
                config,
                config,
                config.digest(),
                Stream.of(layers)
                        .map(layer -> new LockedLayer(content(layer), content("stored " + layer)))
                        .toList());
    }

    private static Content content(String text) {
        return Sum.of(text.getBytes(UTF_8));
    }
}
