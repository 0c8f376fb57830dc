package dev.hostseed.core.source;

import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.merge.OneForm;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.yaml.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/// The page of all keys: what the tables of keys know, and the rest in words. A table that stands at several places is
/// told once.
final class ReferencePage {
    private static final Position AT = new Position(Path.of("compose.yaml"), 1, 1);

    /// Names that are no tables of keys, by where they stand.
    static final Map<String, Set<String>> NAMES =
            Map.of("services/*/ulimits", LimitKeys.LIMITS, "x-host/users/*", UserKeys.KNOWN);

    private final ReferenceProse prose;
    private final StringBuilder page = new StringBuilder();

    private ReferencePage(ReferenceProse prose) {
        this.prose = prose;
    }

    static String of(ReferenceProse prose) {
        var page = new ReferencePage(prose);
        page.line("# Keys of a Compose file").line("");
        page.line(String.join("\n", prose.introduction()).strip());
        places().forEach((table, places) -> page.section(table, places));
        NAMES.keySet().stream().sorted().forEach(page::names);
        return page.page.toString();
    }

    /// Where each table stands; the words are those of its first place.
    static SequencedMap<Keys<?>, List<String>> places() {
        var places = new LinkedHashMap<Keys<?>, List<String>>();
        KeyTables.ALL.forEach((place, table) ->
                places.computeIfAbsent(table, absent -> new ArrayList<>()).add(place));
        return places;
    }

    private ReferencePage line(String text) {
        page.append(text).append('\n');
        return this;
    }

    private void section(Keys<?> table, List<String> places) {
        var section = heading(places);
        line("| key | forms | becomes | API | refused |").line("|---|---|---|---|---|");
        table.all().stream()
                .sorted(Comparator.comparing(Key::name))
                .forEach(key -> row(key, places.getFirst(), section.row(key.name())));
    }

    private void names(String place) {
        heading(List.of(place));
        line("Known are `" + String.join("`, `", new TreeSet<>(Objects.requireNonNull(NAMES.get(place)))) + "`.");
    }

    private ReferenceProse.Section heading(List<String> places) {
        var section = Objects.requireNonNull(prose.sections().get(places.getFirst()), places.getFirst());
        var where = places.getFirst().isEmpty() ? "" : "At `" + String.join("`, `", places) + "`.";
        line("").line("## " + section.title()).line("");
        line((where + "\n" + String.join("\n", section.introduction()).strip()).strip());
        line("");
        return section;
    }

    private void row(Key<?> key, String place, ReferenceProse.Row words) {
        line(
                switch (key) {
                    case Key.Built<?> built ->
                        cells(
                                built,
                                forms(built, place),
                                becomes(built, place, words.becomes()),
                                built.since().equals(EngineApi.LOWEST)
                                        ? ""
                                        : built.since().toString(),
                                words.refused());
                    case Key.Planned<?> planned -> cells(planned, "", "", "", "not yet: " + marked(planned.remedy()));
                    case Key.Refused<?>(var ignored, var why, var remedy) ->
                        cells(key, "", "", "", "always: it " + marked(why + "; " + remedy));
                });
    }

    private static String cells(Key<?> key, String... others) {
        var line = new StringBuilder("| `" + key.name() + "` |");
        for (var cell : others) {
            line.append(cell.isEmpty() ? " |" : " " + cell.replace("|", "\\|") + " |");
        }
        return line.toString();
    }

    /// The text of a problem, where keys are in quotes.
    private static String marked(String text) {
        return text.replace('\'', '`');
    }

    private String becomes(Key.Built<?> key, String place, String words) {
        var all = new ArrayList<String>();
        all.add(key.member().isEmpty() ? "" : "`" + key.member() + "`");
        all.add(words);
        var below = place.isEmpty() ? key.name() : place + "/" + key.name();
        all.add(link(below));
        all.add(link(below + "/*"));
        all.removeIf(String::isEmpty);
        return String.join("; ", all);
    }

    /// To what stands at `place`; empty if there is nothing.
    private String link(String place) {
        var table = KeyTables.ALL.get(place);
        var first = table == null
                ? place
                : Objects.requireNonNull(places().get(table)).getFirst();
        var section = prose.sections().get(first);
        return section == null
                ? ""
                : "[" + section.title() + "](#"
                        + section.title().toLowerCase(Locale.ROOT).replace(' ', '-') + ")";
    }

    /// What an author may write: what the table takes once the document is in its one form.
    private static String forms(Key.Built<?> key, String place) {
        var words = new ArrayList<String>();
        if (key.shapes().contains(Key.Shape.NULLABLE)) {
            words.add("nothing");
        }
        var text = new Node.Scalar(AT, "text", true);
        if (takes(key, place, text)) {
            words.add("text");
        }
        if (takes(key, place, Node.Sequence.of(AT, List.of(text)))) {
            words.add("list");
        }
        if (takes(key, place, Node.Mapping.of(AT, List.of()).with("name", text))) {
            words.add("mapping");
        }
        return String.join(", ", words);
    }

    private static boolean takes(Key.Built<?> key, String place, Node value) {
        var path = new ArrayList<>(place.isEmpty() ? List.of() : Arrays.asList(place.split("/")));
        path.add(key.name());
        Node formed = OneForm.ofDocument((Node.Mapping) under(path, value));
        for (var step : path) {
            formed = ((Node.Mapping) formed).find(step).orElseThrow();
        }
        return key.shapes()
                .contains(
                        switch (formed) {
                            case Node.Scalar ignored -> Key.Shape.SCALAR;
                            case Node.Sequence ignored -> Key.Shape.LIST;
                            case Node.Mapping ignored -> Key.Shape.MAPPING;
                        });
    }

    private static Node under(List<String> path, Node value) {
        var node = value;
        for (var step : path.reversed()) {
            node = Node.Mapping.of(AT, List.of()).with(step, node);
        }
        return node;
    }
}
