package dev.hostseed.cloudinit.iso;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JolietTest {
    @Test
    void a_name_of_64_characters_stays_and_a_longer_one_is_cut() throws Exception {
        assertThat(names("x".repeat(64), "x".repeat(65), "x".repeat(66)))
                .containsExactly("x".repeat(64), "x".repeat(62) + "~1", "x".repeat(62) + "~2");
    }

    @Test
    void a_cut_name_makes_way_for_one_that_is_whole() throws Exception {
        var whole = "x".repeat(62) + "~1";

        assertThat(names("x".repeat(65), whole)).containsExactly("x".repeat(62) + "~2", whole);
    }

    @Test
    void a_character_of_two_halves_is_not_cut_in_two() throws Exception {
        assertThat(names("x" + "🚀".repeat(40))).containsExactly("x" + "🚀".repeat(30) + "~1");
    }

    @Test
    void random_names_differ_fit_and_begin_as_they_were() throws Exception {
        for (int seed = 0; seed < 200; seed++) {
            var random = new Random(seed);
            var given = new TreeSet<String>();
            for (int i = random.nextInt(300); i >= 0; i--) {
                given.add(LongNames.random(random));
            }
            var whole = given.toArray(String[]::new);

            var names = names(whole);

            assertThat(names).as("seed %d", seed).doesNotHaveDuplicates().isEqualTo(names(whole));
            for (int i = 0; i < whole.length; i++) {
                var name = names.get(i);
                assertThat(name.getBytes(StandardCharsets.UTF_16BE)).hasSizeLessThanOrEqualTo(128);
                assertThat(whole[i]).as("seed %d", seed).startsWith(whole[i].length() <= 64 ? name : kept(name));
            }
        }
    }

    private static String kept(String cut) {
        return cut.substring(0, cut.lastIndexOf('~'));
    }

    private static List<String> names(String... given) throws UnfitForIsoException {
        var nodes = new ArrayList<IsoNode>();
        Arrays.stream(given).forEach(name -> nodes.add(new IsoNode.Link(name, "to")));
        var directory = new IsoNode.Directory("", nodes);
        var identifiers = new Joliet().identifiers(directory);
        return directory.nodes().stream()
                .map(node -> Objects.requireNonNull(identifiers.get(node)).key())
                .toList();
    }
}
