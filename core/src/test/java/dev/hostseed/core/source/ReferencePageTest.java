package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.canonical.Canonical;
import dev.hostseed.core.canonical.Setting;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

/// Whether the page of all keys says what is read.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ReferencePageTest {
    private static final Path PAGE = Path.of("../docs/reference/compose-keys.md");
    private static final Path WORDS = Path.of("src/test/reference/compose-keys.txt");

    @SuppressWarnings("NullAway.Init")
    private ReferenceProse prose;

    @BeforeEach
    void read() throws IOException {
        prose = ReferenceProse.read(WORDS);
    }

    @Test
    void every_table_has_its_words_and_nothing_else_has() {
        var expected = new HashSet<>(ReferencePage.NAMES.keySet());
        ReferencePage.places().values().forEach(places -> expected.add(places.getFirst()));

        assertThat(prose.sections().keySet()).isEqualTo(expected);
        assertThat(prose.sections().values())
                .extracting(ReferenceProse.Section::title)
                .doesNotHaveDuplicates()
                .allMatch(title -> title.matches("[A-Za-z ]+"), "makes a plain anchor");
    }

    @Test
    void every_key_that_is_read_has_its_words() {
        var silent = new TreeSet<String>();
        ReferencePage.places().forEach((table, places) -> {
            var section = section(places.getFirst());
            for (var key : table.all()) {
                if (key instanceof Key.Built<?> built
                        && (!section.rows().containsKey(key.name())
                                || built.member().isEmpty()
                                        && section.row(key.name()).becomes().isEmpty())) {
                    silent.add(places.getFirst() + "/" + key.name());
                }
            }
        });

        assertThat(silent).as("keys to be described in " + WORDS).isEmpty();
    }

    /// One that is refused says why in its table.
    @Test
    void no_words_are_left_of_a_key_that_is_not_read() {
        var left = new TreeSet<String>();
        ReferencePage.places().forEach((table, places) -> {
            var known = new HashSet<String>();
            table.all().stream().filter(key -> !(key instanceof Key.Refused)).forEach(key -> known.add(key.name()));
            section(places.getFirst()).rows().keySet().stream()
                    .filter(key -> !known.contains(key))
                    .forEach(key -> left.add(places.getFirst() + "/" + key));
        });

        assertThat(left).as("rows to be removed from " + WORDS).isEmpty();
    }

    /// What is brought into a long form before the tables of keys see it.
    @Test
    void the_words_say_what_may_be_written_in_short() {
        KeyTables.ALL.forEach((place, table) -> {
            if (place.matches("services/\\*/[a-z_]+/\\*") && isMadeLong(place.split("/")[2])) {
                assertThat(section(placesOf(table).getFirst()).introduction())
                        .as(place)
                        .anyMatch(line -> line.startsWith("In short, "));
            }
        });
    }

    /// Whether a list of texts under `key` of a service becomes one of mappings, or a mapping.
    private static boolean isMadeLong(String key) {
        var at = new Position(Path.of("compose.yaml"), 1, 1);
        var list = Node.Sequence.of(at, List.of(new Node.Scalar(at, "80", false)));
        var service = Node.Mapping.of(at, List.of()).with(key, list);
        var services = Node.Mapping.of(at, List.of()).with("service", service);
        var setting = new Setting(new Report(), new ProjectName("page"), Path.of("/"), Map.of(), Set.of());
        var canonical = Canonical.of(Node.Mapping.of(at, List.of()).with("services", services), setting)
                .mapping("services")
                .flatMap(all -> all.mapping("service"))
                .flatMap(keys -> keys.find(key))
                .orElseThrow();
        return canonical instanceof Node.Mapping
                || canonical instanceof Node.Sequence made && made.items().getFirst() instanceof Node.Mapping;
    }

    private static List<String> placesOf(Keys<?> table) {
        return Objects.requireNonNull(ReferencePage.places().get(table));
    }

    @Test
    void the_words_are_in_order() {
        prose.sections()
                .forEach((place, section) -> assertThat(
                                List.copyOf(section.rows().keySet()))
                        .as(place)
                        .isSorted());
    }

    @Test
    void the_page_is_what_the_tables_of_keys_and_the_words_make() throws IOException {
        var actual = ReferencePage.of(prose);

        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(PAGE, actual);
            throw new AssertionError("rewrote " + PAGE);
        }
        assertThat(PAGE).content().isEqualTo(actual);
    }

    private ReferenceProse.Section section(String place) {
        return Objects.requireNonNull(prose.sections().get(place), () -> "no words for " + place);
    }
}
