package dev.hostseed.core.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.canonical.Canonical;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Process.Words;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.testing.Corpus;
import dev.hostseed.core.yaml.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Real projects, and what Compose itself says of them.
class CorpusTest {
    /// How the refusal of a real project may begin; whatever else is refused, Compose accepts and we should.
    private static final List<String> LEGITIMATE = List.of(
            "is not supported yet",
            "has no image",
            "in the project directory",
            "outside of the project",
            "no path that a host could know");

    @Test
    void what_is_refused_of_a_project_is_not_built_or_cannot_travel() throws IOException {
        for (var file : projects()) {
            if (ComposeReader.read(file, Map.of("HOME", "/root")) instanceof Reading.Rejected(var problems)) {
                assertThat(problems.stream().filter(p -> p.severity() == Problem.Severity.ERROR))
                        .as("%s", file)
                        .allMatch(p -> LEGITIMATE.stream().anyMatch(p.what()::contains));
            }
        }
    }

    /// Some have a key that is not built: what is built is compared all the same, before anything is refused.
    @Test
    void services_are_read_as_compose_reads_them() throws IOException {
        var compared = 0;
        for (var file : projects()) {
            compared += compare(ComposeInput.of(file, Map.of()), file.resolveSibling("expected.json"));
        }
        assertThat(compared).isGreaterThan(30);
    }

    @Test
    void services_of_several_files_are_read_as_compose_reads_them() throws IOException {
        var compared = 0;
        var kinds = Stream.of("extends", "include", "override-files"); // of reset, 2.26.1 does not know aliases
        for (var folder :
                cases(kinds.map(kind -> Corpus.path().resolve("compose-go").resolve(kind)))) {
            var expected = folder.resolve("docker-compose-2.26.1.json");
            if (Files.exists(expected)) {
                compared += compare(input(folder), expected);
            }
        }
        assertThat(compared).isGreaterThan(20);
    }

    private static int compare(ComposeInput input, Path expected) throws IOException {
        var compared = 0;
        var services = Corpus.mapping(Json.readMapping(Files.readAllBytes(expected)), "services");
        for (var draft : draft(input).services.values()) {
            if (draft.image.isPresent()) {
                assertEqual(
                        draft.service(),
                        Corpus.mapping(services, draft.name.value().value()),
                        expected);
                compared++;
            }
        }
        return compared;
    }

    private static List<Path> projects() throws IOException {
        return Corpus.folders(Corpus.path().resolve("compose")).stream()
                .map(folder -> folder.resolve("compose.yaml"))
                .filter(Files::exists)
                .toList();
    }

    private static ProjectDraft draft(ComposeInput input) {
        var draft = new ProjectDraft();
        ComposeReader.composed(input, new Report())
                .ifPresent(composed -> ProjectKeys.KEYS.read(composed.document(), draft, composed.scope()));
        return draft;
    }

    /// What may differ from what docker-compose 2.26.1 prints, by its place, and why.
    private static final List<String> TOLD_OTHERWISE = List.of(
            "(keys|reset)/.*(networks|/name|/dockerfile)", // printed without what Compose adds
            "(.*/)?x-.*", // an author's own keys, which it prints as YAML alone
            ".*/(configs|secrets)|.*/blkio_config/.*", // modes as decimal numbers, and keys in capitals, once
            ".*/(gw_priority|depends_on)", // newer than 2.26.1
            "reset/.*/ports", // 2.26.1 does not see what an alias repeats
            ".*/TestExtendsNil/.*", // a service that extends nothing
            ".*/(TestLoadWithEnvironmentInterpolation|TestLoadProjectName)/.*|normalize/[^/]+/name", // not in the
            // corpus
            ".*/TestLoadTmpfsVolumeSizeCanBeZero/.*", // a zero that says something
            ".*Windows.*");

    @Test
    void the_canonical_model_of_a_project_is_that_of_compose() throws IOException {
        var differences = new ArrayList<String>();
        for (var folder : Corpus.folders(Corpus.path().resolve("compose"))) {
            var source = Json.readMapping(Files.readAllBytes(folder.resolve("SOURCE.json")));
            var files = Corpus.texts(source, "compose_files").stream()
                    .map(folder::resolve)
                    .toList();
            var input = new ComposeInput(
                    files, Optional.of(folder), Optional.empty(), List.of(), Set.of(), Map.of("HOME", "/root"));
            var expected = Json.readMapping(Files.readAllBytes(folder.resolve("expected.json")));

            var model = Json.readMapping(
                    ComposedFiles.of(input).model(true).orElseThrow().json().getBytes(StandardCharsets.UTF_8));

            differences(folder.getFileName().toString(), data(expected, folder), model, differences);
        }
        assertThat(differences).isEmpty();
    }

    @Test
    void the_canonical_model_of_a_case_of_the_reference_loader_is_that_of_compose() throws IOException {
        var differences = new ArrayList<String>();
        var kinds = Stream.of(
                "extends", "include", "keys", "loader", "loader-yaml", "normalize", "override-files", "paths", "reset");
        for (var folder :
                cases(kinds.map(kind -> Corpus.path().resolve("compose-go").resolve(kind)))) {
            var printed = folder.resolve("docker-compose-2.26.1.json");
            if (!Files.exists(printed)) {
                continue;
            }
            var expected = Json.readMapping(Files.readAllBytes(printed));
            var model = ComposedFiles.of(input(folder, Set.of())).model(true);
            if (model.isEmpty()) {
                differences.add(folder + ": no model");
                continue;
            }
            differences(
                    Corpus.path().resolve("compose-go").relativize(folder).toString(),
                    data(expected, loaderDirectory()),
                    Json.readMapping(model.get().json().getBytes(StandardCharsets.UTF_8)),
                    differences);
        }
        assertThat(String.join("\n", differences)).isEmpty();
    }

    @Test
    void what_is_told_of_a_project_is_a_compose_file_that_says_the_same(@TempDir Path temporary) throws IOException {
        for (var file : projects()) {
            var model = ComposedFiles.of(ComposeInput.of(file, Map.of("HOME", "/root")))
                    .model(true)
                    .orElseThrow();
            var again = temporary.resolve("again.yaml");
            for (var text : List.of(model.yaml(), model.json())) {
                Files.writeString(again, text);

                assertThat(ComposedFiles.of(ComposeInput.of(again, Map.of())).model(true))
                        .as("%s", file)
                        .contains(model);
            }
        }
    }

    /// What the reference printed, with this machine's folder for its.
    private static Data data(Data told, Path folder) {
        return switch (told) {
            case Data.Text(var text) ->
                new Data.Text(text.replace(
                                "/CASE", folder.toAbsolutePath().normalize().toString())
                        .replaceFirst(
                                "^case(?=_|$)",
                                String.valueOf(folder.normalize().getFileName()).toLowerCase(Locale.ROOT)));
            case Data.Sequence(var items) ->
                new Data.Sequence(items.stream().map(item -> data(item, folder)).toList());
            case Data.Mapping(var entries) -> {
                var mapping = Data.mapping();
                for (var entry : entries.entrySet()) {
                    mapping = mapping.with(entry.getKey(), data(entry.getValue(), folder));
                }
                yield mapping;
            }
            default -> told;
        };
    }

    private static void differences(String path, Data expected, Data actual, List<String> differences) {
        if (expected instanceof Data.Mapping wanted && actual instanceof Data.Mapping told) {
            var keys = new TreeSet<>(wanted.entries().keySet());
            keys.addAll(told.entries().keySet());
            for (var key : keys) {
                var missing = new Data.Text("(nothing)");
                differences(
                        path + "/" + key,
                        wanted.find(key).orElse(missing),
                        told.find(key).orElse(missing),
                        differences);
            }
        } else if (!expected.equals(actual) && TOLD_OTHERWISE.stream().noneMatch(place -> path.matches(place))) {
            differences.add(path + ": Compose tells " + expected + ", we tell " + actual);
        }
    }

    private static void assertEqual(Service service, Data.Mapping expected, Path folder) {
        var name = folder + ": " + service.name();
        if (expected.find("image").isPresent()) {
            var image = ImageReference.parse(Corpus.text(expected, "image"));
            assertThat(service.image()).as(name).isEqualTo(image);
        } else {
            assertThat(service.image()).as(name).asString().endsWith("-" + service.name() + ":latest"); // built
        }
        assertThat(words(service.process().command())).as(name).isEqualTo(Corpus.texts(expected, "command"));
        assertThat(words(service.process().entrypoint())).as(name).isEqualTo(Corpus.texts(expected, "entrypoint"));
        assertThat(service.process().environment()).as(name).isEqualTo(environment(expected));
        assertThat(service.connections().ports()).as(name).hasSize(Corpus.size(expected, "ports"));
        var conditions = new TreeMap<String, String>();
        service.dependencies()
                .forEach(d -> conditions.put(
                        d.on().value(), "service_" + d.condition().name().toLowerCase(Locale.ROOT)));
        var wanted = new TreeMap<String, String>();
        Corpus.mapping(expected, "depends_on")
                .entries()
                .forEach((on, how) -> wanted.put(on, Corpus.text((Data.Mapping) how, "condition")));
        assertThat(conditions).as(name).isEqualTo(wanted);
    }

    private static List<String> words(Words words) {
        return words instanceof Words.Written(var written) ? written : List.of();
    }

    private static Map<String, String> environment(Data.Mapping service) {
        var environment = new TreeMap<String, String>();
        Corpus.mapping(service, "environment")
                .entries()
                .forEach((name, value) -> environment.put(name, Corpus.string(value)));
        return environment;
    }

    @Test
    void no_case_of_the_reference_loader_throws() throws IOException {
        var read = 0;
        for (var kind : Corpus.folders(Corpus.path().resolve("compose-go"))) {
            for (var folder : Corpus.folders(kind)) {
                var file = folder.resolve("1.yaml");
                if (Files.exists(file)) {
                    assertThat(ComposeReader.read(file, Map.of()))
                            .as("%s", file)
                            .isNotNull();
                    read++;
                }
            }
        }
        assertThat(read).isPositive();
    }

    /// Why a case that the reference's test takes is refused here.
    private static final List<String> OTHERWISE = List.of(
            "there is no file", // the corpus has not every file of the reference's test
            "there is no (service|network|volume|secret)|without services|'myProject'|'permissions'|'testing.one", // nor
            // are checks made in it that Compose itself makes
            "'extends' without a service", // the reference takes it for the key's absence, and so does nothing
            "not an absolute, normal path: '([cC]:|.*[/\\\\]pipe)|is an isolation of|for Windows", // Windows
            "cannot start with this character", // the test fills in %s
            "is already that of|is in no subnet of|beside 'cpus'|'mem_limit'|is not a (slice|path below)"
                    + "|'service:ba[rz]' has no meaning", // found out when a container starts
            "needs a swarm|no host without a swarm|an external|neither 'file' nor|driver(_opts)?' of a|'generic_res"
                    + "|a plugin of Compose|use_api_socket|that nothing here makes", // no host has it
            "more than 100000 values", // the reference's test takes either answer
            "^''"); // the environment of the reference's test is not in the corpus

    /// What a case is about that the reference refuses, and we take.
    private static final List<String> TAKEN = List.of(
            "Develop", // means nothing on a host, whatever it says
            "SSHWithoutValue"); // a section without a value is an empty one, with a warning

    @Test
    void what_the_reference_loader_takes_and_refuses() throws IOException {
        var unexpected = new ArrayList<String>();
        var kinds = Stream.of(
                "extends", "include", "keys", "loader", "loader-yaml", "normalize", "override-files", "paths", "reset");
        for (var folder :
                cases(kinds.map(kind -> Corpus.path().resolve("compose-go").resolve(kind)))) {
            var reading = ComposeReader.read(input(folder));
            var refusals = (reading instanceof Reading.Rejected(var problems) ? problems : List.<Problem>of())
                    .stream()
                            .filter(p -> p.severity() == Problem.Severity.ERROR)
                            .map(Problem::what)
                            .toList();

            if (isRefusedByReference(folder)) {
                if (refusals.isEmpty() && TAKEN.stream().noneMatch(folder.toString()::contains)) {
                    unexpected.add(folder + " is taken");
                }
            } else {
                refusals.stream()
                        .filter(what -> LEGITIMATE.stream().noneMatch(what::contains))
                        .filter(what -> OTHERWISE.stream()
                                .noneMatch(reason ->
                                        Pattern.compile(reason).matcher(what).find()))
                        .forEach(what -> unexpected.add(folder + ": " + what));
            }
        }
        assertThat(unexpected).isEmpty();
    }

    private static ComposeInput input(Path folder) throws IOException {
        return input(folder, Set.of("*"));
    }

    private static ComposeInput input(Path folder, Set<String> profiles) throws IOException {
        var files = new ArrayList<Path>();
        for (var i = 1; Files.exists(folder.resolve(i + ".yaml")); i++) {
            files.add(folder.resolve(i + ".yaml"));
        }
        var environment = new TreeMap<String, String>();
        if (Files.exists(folder.resolve("environment.json"))) {
            Json.readMapping(Files.readAllBytes(folder.resolve("environment.json")))
                    .entries()
                    .forEach((name, value) -> environment.put(name, Corpus.string(value)));
        }
        return new ComposeInput(
                files, Optional.of(loaderDirectory()), Optional.empty(), List.of(), profiles, environment);
    }

    private static Path loaderDirectory() {
        return Corpus.path().resolve("compose-go/files/loader");
    }

    /// A key that is a number is text for us, as YAML 1.2 has it for a mapping of texts.
    private static boolean isRefusedByReference(Path folder) throws IOException {
        var file = folder.resolve("expect.txt");
        var expected = Files.exists(file) ? Files.readString(file).strip() : "";
        if (expected.contains("\nno error")) {
            return false; // one of several, and the corpus has the last one
        }
        return expected.isEmpty()
                ? Files.exists(folder.resolve("docker-compose-2.26.1.err"))
                : (expected.startsWith("error contains") || expected.contains("err != nil"))
                        && !expected.contains("non-string key in services");
    }

    private static List<Path> cases(Stream<Path> kinds) throws IOException {
        var cases = new ArrayList<Path>();
        for (var kind : kinds.toList()) {
            try (var all = Files.walk(kind)) {
                all.filter(path -> Files.exists(path.resolve("1.yaml"))).forEach(cases::add);
            }
        }
        return cases;
    }

    /// What Compose takes, we take or say that it is not built; what it refuses, we refuse.
    @Test
    void short_mounts_are_taken_or_refused_as_compose_does() throws IOException {
        var table = Files.readString(Corpus.path().resolve("compose-go/tables/volume-short-syntax.json"));
        var wrapped = Json.readMapping(("{\"cases\": " + table + "}").getBytes(StandardCharsets.UTF_8));
        for (var item : ((Data.Sequence) wrapped.find("cases").orElseThrow()).items()) {
            var test = (Data.Mapping) item;
            if (Corpus.text(test, "test").contains("Windows")
                    || Corpus.text(test, "test").endsWith("SplitCases")) {
                continue;
            }
            var refused = Corpus.texts(test, "expect").stream().anyMatch(e -> e.startsWith("error"));
            for (var spec : Corpus.texts(test, "specs")) {
                if (refused) {
                    assertThat(refusals(spec)).as(spec).isNotEmpty();
                } else {
                    assertThat(refusals(spec)).as("%s of %s", spec, test).allMatch(CorpusTest::isOursAlone);
                }
            }
        }
    }

    private static List<String> refusals(String spec) {
        var report = new Report();
        var scope = new Scope(
                report,
                new ProjectDirectory(Path.of("target", "none")),
                new TreeMap<>(),
                new ProjectName("case"),
                Set.of());
        var at = new Position(Path.of("compose.yaml"), 1, 1);
        var none = Node.Mapping.of(at, List.of());
        var list = new Node.Sequence(at, List.of(new Node.Scalar(at, spec, false)), 2);
        var document = none.with("services", none.with("a", none.with("volumes", list)));
        var volumes = Canonical.of(document, scope.setting())
                .mapping("services")
                .flatMap(services -> services.mapping("a"))
                .flatMap(service -> service.find("volumes"))
                .orElseThrow();
        MountKeys.read(volumes, new ServiceDraft(new Located<>(at, new ServiceName("a")), new PortBudget()), scope);
        return report.sorted().stream()
                .filter(p -> p.severity() == Problem.Severity.ERROR)
                .map(Problem::what)
                .toList();
    }

    /// Compose passes unknown options over, and knows this machine's directories.
    private static boolean isOursAlone(String what) {
        return what.startsWith("unknown option")
                || what.contains("not an absolute")
                || LEGITIMATE.stream().anyMatch(what::contains);
    }

    @Test
    void the_keys_of_a_service_are_those_of_the_schema() throws IOException {
        var schema = Json.readMapping(
                Files.readAllBytes(Corpus.path().resolve("compose-go/files/schema/compose-spec.json")));
        var service = Corpus.mapping(Corpus.mapping(Corpus.mapping(schema, "$defs"), "service"), "properties");

        assertThat(new TreeSet<>(ServiceKeys.KEYS.names()))
                .hasSize(93)
                .isEqualTo(new TreeSet<>(service.entries().keySet()));
        assertThat(ProjectKeys.KEYS.names())
                .containsAll(Corpus.mapping(schema, "properties").entries().keySet());
    }
}
