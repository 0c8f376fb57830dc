package dev.hostseed.core.source;

import static dev.hostseed.core.testing.ComposeText.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.Host;
import dev.hostseed.core.problem.ProblemText;
import dev.hostseed.core.testing.ComposeText;
import dev.hostseed.core.testing.ComposeText.Anchored;
import dev.hostseed.core.testing.ComposeText.Mutant;
import dev.hostseed.core.testing.ComposeText.Raw;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// However an author writes a project, it is the same host: in short forms or long ones, in any order, in one file or
/// several, with anchors, variables or services to extend.
@DisplayNameGeneration(ReplaceUnderscores.class)
class EquivalentFilesTest {
    private static final int SEEDS = 60;

    /// Lists of these are put behind each other, and mappings into each other, when files are merged.
    private static final Set<String> JOINED =
            Set.of("cap_add", "environment", "expose", "extra_hosts", "labels", "ports", "sysctls", "volumes");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private enum Way {
        OTHER_FORMS,
        TWO_FILES,
        TWO_DOCUMENTS,
        ANCHORS,
        EXTENDS,
        INCLUDE,
        VARIABLES
    }

    /// Files by name, the ones that are named on the command line first.
    private record Written(SequencedMap<String, String> files, int named, Map<String, String> environment) {
        static Written of(String text) {
            var files = new LinkedHashMap<String, String>();
            files.put("compose.yaml", text);
            return new Written(files, 1, Map.of());
        }

        Written with(String name, String text) {
            files.put(name, text);
            return this;
        }
    }

    @ParameterizedTest
    @EnumSource
    void whichever_way_it_is_written_it_is_the_same_host(Way way) throws IOException {
        for (var seed = 1; seed <= SEEDS; seed++) {
            var random = new Random(seed);
            var project = new RandomProject(random);

            var plainly = Written.of(text(project.document(random), random));
            var otherwise = otherwise(way, project.document(random), random);

            assertThat(host(otherwise))
                    .as(() -> "%s:\n%s\n%s".formatted(way, plainly.files(), otherwise.files()))
                    .isEqualTo(host(plainly));
        }
    }

    /// The judge is judged: one key less is another host.
    @Test
    void a_key_that_is_left_out_is_noticed() throws IOException {
        var noticed = 0;
        for (var seed = 1; seed <= SEEDS; seed++) {
            var random = new Random(seed);
            var document = new RandomProject(random).document(random);
            var whole = host(Written.of(text(document, random)));
            var service = mapping(mapping(document, "services"), "s0");
            for (var key : List.of("command", "environment", "ports", "volumes", "ulimits")) {
                if (service.remove(key) != null) {
                    document.put("services", with(mapping(document, "services"), "s0", service));
                    assertThat(host(Written.of(text(document, random))))
                            .as("seed %d", seed)
                            .isNotEqualTo(whole);
                    noticed++;
                    break;
                }
            }
        }
        assertThat(noticed).isGreaterThan(SEEDS / 2);
    }

    private static Map<String, Object> with(SequencedMap<String, Object> mapping, String key, Object value) {
        mapping.put(key, value);
        return mapping;
    }

    private static Written otherwise(Way way, SequencedMap<String, Object> document, Random random) {
        return switch (way) {
            case OTHER_FORMS -> Written.of(text(document, random));
            case TWO_FILES -> {
                var halves = halves(document, random);
                var written =
                        Written.of(text(halves.getFirst(), random)).with("more.yaml", text(halves.getLast(), random));
                yield new Written(written.files(), 2, Map.of());
            }
            case TWO_DOCUMENTS -> {
                var halves = halves(document, random);
                yield Written.of(text(halves.getFirst(), random) + "---\n" + text(halves.getLast(), random));
            }
            case ANCHORS -> Written.of(text(anchored(document, random), random));
            case EXTENDS -> extended(document, random);
            case INCLUDE -> {
                document.remove("name");
                var outer = new LinkedHashMap<String, Object>();
                outer.put("name", "random");
                outer.put("include", List.of(random.nextBoolean() ? "inner.yaml" : map("path", "inner.yaml")));
                yield Written.of(text(outer, random)).with("inner.yaml", text(document, random));
            }
            case VARIABLES -> {
                var environment = new TreeMap<String, String>();
                var services = mapping(document, "services");
                document.put("services", variables(services, environment, random));
                yield new Written(Written.of(text(document, random)).files(), 1, environment);
            }
        };
    }

    private static String text(Map<String, ?> document, Random random) {
        return new ComposeText(random, Mutant.NONE).of(document);
    }

    @SuppressWarnings("unchecked")
    private static SequencedMap<String, Object> mapping(Map<String, Object> in, String key) {
        return in.get(key) instanceof Map<?, ?> mapping
                ? new LinkedHashMap<>((Map<String, Object>) mapping)
                : new LinkedHashMap<>();
    }

    /// Two documents that make `document` when the second is put over the first.
    private static List<Map<String, Object>> halves(Map<String, Object> document, Random random) {
        var below = new LinkedHashMap<>(document);
        var servicesBelow = new LinkedHashMap<String, Object>();
        var servicesAbove = new LinkedHashMap<String, Object>();
        mapping(document, "services").keySet().forEach(name -> {
            var halves = divided(mapping(mapping(document, "services"), name), random);
            servicesBelow.put(name, halves.getFirst());
            if (!halves.getLast().isEmpty()) {
                servicesAbove.put(name, halves.getLast());
            }
        });
        below.put("services", servicesBelow);
        var above = new LinkedHashMap<String, Object>();
        above.put("services", servicesAbove);
        var moved = random.nextBoolean() ? "networks" : "volumes";
        above.put(moved, below.remove(moved));
        return List.of(below, above);
    }

    private static List<Map<String, Object>> divided(Map<String, Object> service, Random random) {
        var below = new LinkedHashMap<String, Object>();
        var above = new LinkedHashMap<String, Object>();
        service.forEach((key, value) -> {
            if (JOINED.contains(key) && value instanceof List<?> list && list.size() > 1 && random.nextBoolean()) {
                below.put(key, list.subList(0, 1));
                above.put(key, list.subList(1, list.size()));
            } else {
                (random.nextBoolean() || key.equals("image") ? below : above).put(key, value);
            }
        });
        if (service.containsKey("image") && random.nextInt(3) == 0) {
            above.put("image", service.get("image"));
            below.put("image", "replaced:1");
        }
        return List.of(below, above);
    }

    /// With a part of each service in an anchored mapping that is merged, and some values anchored on their own.
    private static Map<String, Object> anchored(Map<String, Object> document, Random random) {
        var anchors = new LinkedHashMap<String, Object>();
        var services = new LinkedHashMap<String, Object>();
        mapping(document, "services").keySet().forEach(name -> {
            var shared = new LinkedHashMap<String, Object>();
            var own = new LinkedHashMap<String, Object>();
            mapping(mapping(document, "services"), name).forEach((key, value) -> {
                if (random.nextBoolean()) {
                    shared.put(key, value);
                } else if (random.nextBoolean()) {
                    anchors.put(name + key, new Anchored(name + key, value));
                    own.put(key, new Raw("*" + name + key));
                } else {
                    own.put(key, value);
                }
            });
            anchors.put(name, new Anchored(name, shared));
            own.put("<<", new Raw(random.nextBoolean() ? "*" + name : "[*" + name + "]"));
            services.put(name, own);
        });
        var whole = new LinkedHashMap<String, Object>();
        whole.put("x-anchors", anchors); // an alias comes after its anchor
        whole.putAll(document);
        whole.put("services", services);
        return whole;
    }

    private static Written extended(Map<String, Object> document, Random random) {
        var bases = new LinkedHashMap<String, Object>();
        var services = new LinkedHashMap<String, Object>();
        mapping(document, "services").keySet().forEach(name -> {
            var halves = divided(mapping(mapping(document, "services"), name), random);
            var own = new LinkedHashMap<>(halves.getLast());
            own.put("extends", map("file", "bases.yaml", "service", "base-" + name));
            bases.put("base-" + name, halves.getFirst());
            services.put(name, own);
        });
        var whole = new LinkedHashMap<>(document);
        whole.put("services", services);
        return Written.of(text(whole, random)).with("bases.yaml", text(map("services", bases), random));
    }

    /// With some texts in variables.
    private static Object variables(Object node, Map<String, String> environment, Random random) {
        return switch (node) {
            case Map<?, ?> mapping -> {
                var changed = new LinkedHashMap<String, Object>();
                mapping.forEach((key, value) -> changed.put((String) key, variables(value, environment, random)));
                yield changed;
            }
            case List<?> list ->
                list.stream().map(item -> variables(item, environment, random)).toList();
            case String text
            when random.nextBoolean() -> {
                var name = "V" + environment.size();
                environment.put(name, text);
                yield new Raw(List.of("\"${" + name + "}\"", "'${" + name + "?}'", "\"$" + name + "\"")
                        .get(random.nextInt(3)));
            }
            default -> node;
        };
    }

    private Host host(Written written) throws IOException {
        for (var file : written.files().entrySet()) {
            Files.writeString(directory.resolve(file.getKey()), file.getValue());
        }
        var named = written.files().keySet().stream()
                .limit(written.named())
                .map(directory::resolve)
                .toList();
        var input =
                new ComposeInput(named, Optional.empty(), Optional.empty(), List.of(), Set.of(), written.environment());
        return switch (ComposeReader.read(input)) {
            case Reading.Accepted(var host, var problems) -> host;
            case Reading.Rejected(var problems) ->
                throw new AssertionError(written.files() + "\n"
                        + problems.stream().map(ProblemText::of).collect(Collectors.joining()));
        };
    }
}
