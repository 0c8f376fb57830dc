package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BranchesTest {
    @Test
    void every_image_arrives_and_no_layer_is_sent_twice() throws IOException {
        var random = new Random(11);
        for (var tries = 0; tries < 300; tries++) {
            var images = new ArrayList<LockedImage>();
            for (var i = random.nextInt(8); i >= 0; i--) {
                images.add(image(i, random.nextInt(3), random.nextInt(3)));
            }
            var engine = new Recorded();

            Branches.bring(images, engine);

            assertThat(engine.brought).as("try " + tries).containsExactlyInAnyOrderElementsOf(images);
            assertThat(engine.sent).as("try " + tries).doesNotHaveDuplicates();
        }
    }

    @Test
    void after_a_failure_no_other_image_is_begun() {
        var images = List.of(image(0, 0, 0), image(1, 0, 1), image(2, 0, 2)); // one family: one after the other
        var engine = new Recorded() {
            @Override
            public synchronized void bring(LockedImage image) throws IOException {
                brought.add(image); // and none of its layers: what follows in its family has to wait for its end
                throw new IOException("the Engine says no");
            }
        };

        assertThatThrownBy(() -> Branches.bring(images, engine)).hasMessage("the Engine says no");
        assertThat(engine.brought).containsExactly(images.getFirst());
    }

    /// An Engine's layers, without the Engine.
    private static class Recorded implements Branches.Engineward {
        private final Set<Digest> present = new HashSet<>();
        final List<Digest> sent = new ArrayList<>();
        final List<LockedImage> brought = new ArrayList<>();

        @Override
        public synchronized Set<Digest> lacking(LockedImage image) {
            return image.layers().stream()
                    .map(layer -> layer.plain().digest())
                    .filter(digest -> !present.contains(digest))
                    .collect(Collectors.toSet());
        }

        @Override
        public void bring(LockedImage image) throws IOException {
            var lacking = lacking(image);
            synchronized (this) {
                sent.addAll(lacking);
            }
            Thread.yield();
            synchronized (this) {
                present.addAll(lacking);
                brought.add(image);
            }
        }
    }

    private static LockedImage image(int number, int base, int branch) {
        var layers = List.of(layer(base), layer(10 + 10 * base + branch));
        return new LockedImage(
                ImageReference.parse("a/image:" + number),
                "",
                new Platform("linux", "amd64", ""),
                Sum.of(new byte[] {1, (byte) number}),
                Sum.of(new byte[] {2, (byte) number}),
                Digest.of(new byte[] {3, (byte) number}),
                layers);
    }

    private static LockedImage.LockedLayer layer(int number) {
        return new LockedImage.LockedLayer(
                Sum.of(new byte[] {4, (byte) number}), Sum.of(new byte[] {5, (byte) number}));
    }
}
