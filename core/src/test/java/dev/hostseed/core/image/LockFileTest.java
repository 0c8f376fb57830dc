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
import dev.hostseed.core.image.Scan.AllowedSecret;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LockFileTest {
    private static final String LOCK = new String(LockFile.write(lock(image("a/one:1"), image("b:2"))), UTF_8);

    @Test
    void a_lock_is_read_as_it_was_written() throws BadBundleException {
        var lock = lock(image("a/one:1"), image("b:2@" + Digest.of(new byte[1])));

        assertThat(LockFile.read(LockFile.write(lock))).isEqualTo(lock);
    }

    @Test
    void a_lock_without_images_is_a_lock() throws BadBundleException {
        assertThat(LockFile.read(LockFile.write(lock())).images()).isEmpty();
    }

    @Test
    void a_lock_of_another_hostseed_is_refused_by_its_schema() {
        refused(LOCK.replace("\"schema\": 2", "\"schema\": 3"), "schema is 3; this one knows 2");
    }

    @Test
    void a_lock_changed_by_hand_is_refused() {
        refused(LOCK.replace("\"images\"", "\"unknown\": 1,\n  \"images\""), "unknown field 'unknown'");
        refused(LOCK.replace("  \"images\"", "\"images\""), "changed by hand");
        refused(LOCK.replace("linux/amd64/v2", "linux/../v2"), "not a platform");
        refused(LOCK.replace("a/one:1", "A:::1"), "not an image reference");
        refused(LOCK.replace("a/one:1", "c:1"), "'b:2' is not in its place");
        refused(LOCK.replace("a/one:1", "b:2"), "'b:2' is not in its place");
        refused(LOCK.replaceFirst("\"size\": 6", "\"size\": 60"), "is said to be both 60 and 6");
        refused(LOCK.replaceFirst("\"size\": 6", "\"size\": -6"), "0 or more");
        refused(LOCK.replaceFirst("sha256:[0-9a-f]{2}", "sha256:.."), "not a sha256 digest");
        refused(LOCK.replaceFirst("sha256:[0-9a-f]{2}", "sha256:AB"), "not a sha256 digest");
        refused(LOCK.replaceFirst("sha256:", "md5:"), "not a sha256 digest");
        refused(LOCK.replace("\"version\": 7", "\"version\": 0"), "not a version of a lock: 0");
        refused(LOCK.replace("\"shop\"", "\"../shop\""), "not a project name");
        refused(LOCK.replaceFirst("\"registry\": \"sha256", "\"registry\": \"md5"), "not a sha256 digest");
        refused(LOCK + LOCK, "another");
        refused("[]", "expected a JSON object");
    }

    @Test
    void a_lock_cut_off_anywhere_is_refused() {
        var bytes = LOCK.getBytes(UTF_8);
        for (var length = 0; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> LockFile.read(cut))
                    .as("cut off at " + length)
                    .isInstanceOf(BadBundleException.class);
        }
    }

    private static void refused(String lock, String message) {
        assertThatThrownBy(() -> LockFile.read(lock.getBytes(UTF_8)))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining(message);
    }

    private static Lock lock(LockedImage... images) {
        var allowed = new AllowedSecret("f00d", "a test key", "2026-01-31");
        return new Lock(new ProjectName("shop"), 7, new Scan(3, List.of(allowed)), List.of(images));
    }

    private static LockedImage image(String reference) {
        return new LockedImage(
                ImageReference.parse(reference),
                reference.startsWith("b") ? content("registry").digest().value() : "",
                new Platform("linux", "amd64", "v2"),
                content("config"),
                content("manifest"),
                content("loaded").digest(),
                List.of(new LockedLayer(content("plain"), content("stored"))));
    }

    private static Content content(String text) {
        return Sum.of(text.getBytes(UTF_8));
    }
}
