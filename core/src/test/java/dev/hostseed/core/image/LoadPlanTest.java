package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoadPlanTest {
    private static final int TRIES = 500;

    @Test
    void the_base_of_a_family_comes_once_and_each_image_upon_it() {
        var family = List.of(image(0, 1, 2, 3), image(1, 1, 2, 4), image(2, 1, 2));

        var plan = LoadPlan.ofChains(family, Map.of(), Long.MAX_VALUE);

        assertThat(described(plan)).containsExactly("0/2 [1, 2] []", "0/3 [3] [0]", "1/3 [4] [0]", "2/2 [] [0]");
    }

    @Test
    void a_step_ends_where_it_is_long_enough() {
        var plan = LoadPlan.ofChains(List.of(image(0, 1, 2, 3, 4)), Map.of(), 25); // a layer has ten bytes

        assertThat(described(plan)).containsExactly("0/3 [1, 2, 3] []", "0/4 [4] [0]");
    }

    @Test
    void a_lowest_layer_that_is_worth_a_request_comes_alone() {
        assertThat(LoadPlan.ofChains(List.of(image(0, 1), image(1, 2, 3)), Map.of(), 10).stream()
                        .map(step -> step.brings() + " " + step.depth() + " " + step.after()))
                .containsExactly("ROOT 1 []", "IMAGE 1 [0]", "ROOT 1 []", "IMAGE 2 [2]");
        assertThat(LoadPlan.ofChains(List.of(image(0, 1)), Map.of(), 11).stream()
                        .map(LoadStep::brings))
                .containsExactly(LoadStep.Brings.IMAGE);
    }

    @Test
    void what_the_engine_has_is_left_out_of_a_chain() {
        var image = image(0, 1, 2, 3);

        assertThat(described(
                        LoadPlan.ofChains(List.of(image), Map.of(image.config().digest(), 2), 1)))
                .containsExactly("0/3 [3] []");
        assertThat(described(
                        LoadPlan.ofChains(List.of(image), Map.of(image.config().digest(), 3), 1)))
                .containsExactly("0/3 [] []");
    }

    @Test
    void a_blob_comes_with_the_first_image_that_has_it() {
        var family = List.of(image(0, 1, 2, 1), image(1, 3, 1), image(2, 4, 2));

        var plan = LoadPlan.ofBlobs(family, Set.of(layer(4).stored().digest()));

        assertThat(described(plan)).containsExactly("0/3 [1, 2] []", "1/2 [3] [0]", "2/2 [] [0]");
    }

    @Test
    void steps_come_after_what_they_need_and_every_chain_is_complete() {
        for (var seed = 0; seed < TRIES; seed++) {
            var random = new Random(seed);
            var images = family(random);
            var known = known(images, random);
            var plan = LoadPlan.ofChains(images, known, 1 + random.nextInt(60));

            var chains = new ArrayList<List<Digest>>();
            for (var step : plan) {
                var chain = new ArrayList<Digest>();
                if (step.after().isEmpty()) {
                    chain.addAll(chain(step.image())
                            .subList(0, known.getOrDefault(step.image().config().digest(), 0)));
                } else {
                    chain.addAll(chains.get(step.after().iterator().next())); // fails if it comes later
                }
                step.sent().forEach(layer -> chain.add(layer.plain().digest()));
                assertThat(chain)
                        .as("seed " + seed)
                        .isEqualTo(chain(step.image()).subList(0, step.depth()));
                chains.add(chain);
            }
            var sentWith = IntStream.range(0, plan.size())
                    .filter(number -> !plan.get(number).sent().isEmpty())
                    .mapToObj(chains::get);
            assertThat(sentWith).as("seed " + seed).doesNotHaveDuplicates();
            assertThat(plan.stream()
                            .filter(step -> step.brings() == LoadStep.Brings.IMAGE)
                            .map(LoadStep::image))
                    .as("seed " + seed)
                    .containsExactlyElementsOf(images);
        }
    }

    @Test
    void every_blob_that_is_lacking_is_sent_once() {
        for (var seed = 0; seed < TRIES; seed++) {
            var random = new Random(seed);
            var images = family(random);
            var present = images.stream()
                    .flatMap(image -> image.layers().stream())
                    .map(layer -> layer.stored().digest())
                    .filter(digest -> random.nextInt(4) == 0)
                    .collect(Collectors.toSet());

            var plan = LoadPlan.ofBlobs(images, present);

            var there = new HashSet<>(present);
            for (var number = 0; number < plan.size(); number++) {
                var step = plan.get(number);
                assertThat(step.after()).as("seed " + seed).allMatch(upTo(number)::contains);
                assertThat(step.sent().stream().map(layer -> layer.stored().digest()))
                        .as("seed " + seed)
                        .doesNotHaveDuplicates()
                        .noneMatch(there::contains);
                step.sent().forEach(layer -> there.add(layer.stored().digest()));
                var within = Stream.concat(
                                present.stream(),
                                Stream.concat(Stream.of(number), step.after().stream())
                                        .flatMap(done -> plan.get(done).sent().stream())
                                        .map(layer -> layer.stored().digest()))
                        .collect(Collectors.toSet());
                assertThat(step.image().layers().stream()
                                .map(layer -> layer.stored().digest()))
                        .as("seed " + seed)
                        .allMatch(within::contains);
            }
        }
    }

    private static Set<Integer> upTo(int end) {
        return IntStream.range(0, end).boxed().collect(Collectors.toSet());
    }

    /// Images of up to eight of four layers, so that they share beginnings, and have layers twice.
    static List<LockedImage> family(Random random) {
        var images = new ArrayList<LockedImage>();
        for (var number = random.nextInt(6); number >= 0; number--) {
            var layers = random.ints(random.nextInt(8), 1, 5).toArray();
            images.add(image(number, layers));
        }
        return images;
    }

    /// As an Engine has it: a beginning that is there for one image is there for all.
    private static Map<Digest, Integer> known(List<LockedImage> images, Random random) {
        var there = chain(images.get(random.nextInt(images.size())));
        there = there.subList(0, random.nextInt(there.size() + 1));
        var known = new HashMap<Digest, Integer>();
        for (var image : images) {
            known.put(image.config().digest(), LoadPlan.common(there, chain(image)));
        }
        return known;
    }

    private static List<Digest> chain(LockedImage image) {
        return image.layers().stream().map(layer -> layer.plain().digest()).toList();
    }

    /// Each step as `image/depth [layers sent] [steps before]`.
    private static List<String> described(List<LoadStep> plan) {
        return plan.stream()
                .map(step -> "%s/%d %s %s"
                        .formatted(
                                step.image().reference().toString().substring("a/image:".length()),
                                step.depth(),
                                step.sent().stream().map(LoadPlanTest::number).toList(),
                                step.after()))
                .toList();
    }

    private static int number(LockedLayer layer) {
        return IntStream.range(0, 10)
                .filter(number -> layer(number).equals(layer))
                .findFirst()
                .orElseThrow();
    }

    static LockedImage image(int number, int... layers) {
        return new LockedImage(
                ImageReference.parse("a/image:" + number),
                "",
                new Platform("linux", "amd64", ""),
                Sum.of(new byte[] {1, (byte) number}),
                Sum.of(new byte[] {2, (byte) number}),
                Digest.of(new byte[] {3, (byte) number}),
                IntStream.of(layers).mapToObj(LoadPlanTest::layer).toList());
    }

    private static LockedLayer layer(int number) {
        return new LockedLayer(new Content(Digest.of(new byte[] {4, (byte) number}), 10), Sum.of(new byte[] {
            5, (byte) number
        }));
    }
}
