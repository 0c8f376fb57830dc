package dev.hostseed.systemd.supervise;

import static dev.hostseed.core.testing.ComposeText.map;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.problem.ProblemText;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import dev.hostseed.core.testing.ComposeText;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What an author writes into a Compose file reaches the process in a real container byte for byte: arguments,
/// variables and paths are those that the process itself sees.
@DisplayNameGeneration(ReplaceUnderscores.class)
class UnchangedStringsIT {
    private static final int SEEDS = 6;

    /// Process 1 stays this shell as long as it is not the last command; there is no `$` in it, so it is no template.
    private static final String TELL = Stream.of(
                    "cat /proc/1/cmdline", "cat /proc/1/environ", "readlink -n /proc/1/cwd", "cat /proc/1/mountinfo")
            .map(command -> "/bin/busybox " + command + " | /bin/busybox base64 -w 4096; echo .; ")
            .collect(Collectors.joining("", "", "true"));

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    static Stream<TestEngine.Kind> kinds() {
        return TestEngine.kinds();
    }

    /// @param arguments without the shell and its script
    private record Strings(
            List<String> arguments,
            SortedMap<String, String> environment,
            SortedMap<String, String> labels,
            String workingDirectory,
            List<String> targets) {

        static Strings of(Random random) {
            var awkward = new AwkwardStrings(random);
            return new Strings(
                    Stream.concat(awkward.texts(120).stream(), Stream.of("x".repeat(131_071), ""))
                            .toList(),
                    awkward.pairs("E", 60),
                    awkward.pairs("l", 40),
                    awkward.path(),
                    IntStream.range(0, 5)
                            .mapToObj(i -> "/v" + i + awkward.path())
                            .toList());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void every_string_reaches_the_process_as_it_was_written(TestEngine.Kind kind) throws Exception {
        try (var daemon = TestEngine.start(kind)) {
            daemon.busybox(Services.IMAGE);
            for (var seed = 1; seed <= SEEDS; seed++) {
                var random = new Random(seed);
                var strings = Strings.of(random);

                var seen = seen(daemon, text(strings, random, ComposeText.Mutant.NONE));

                assertThat(differences(seen, strings)).as("seed %d", seed).isEmpty();
            }
        }
    }

    /// The judge is judged: what a careless writer makes of the same strings is not taken for them.
    @Test
    void what_a_careless_writer_made_is_noticed() throws Exception {
        try (var daemon = TestEngine.start(false)) {
            daemon.busybox(Services.IMAGE);
            for (var mutant : ComposeText.Mutant.values()) {
                assertThat(isNoticed(mutant, daemon)).as("%s", mutant).isEqualTo(mutant != ComposeText.Mutant.NONE);
            }
        }
    }

    /// Tries seeds until one makes a file that is accepted and of which the process sees something else.
    private boolean isNoticed(ComposeText.Mutant mutant, TestEngine daemon) throws Exception {
        for (var seed = 1; seed <= 200; seed++) {
            var awkward = new AwkwardStrings(new Random(seed));
            var pairs = awkward.pairs("E", 1);
            var strings = new Strings(awkward.texts(6), pairs, pairs, "/", List.of());
            var text = text(strings, new Random(seed), mutant);
            if (!text.equals(text(strings, new Random(seed), ComposeText.Mutant.NONE))
                    && isAccepted(text)
                    && !differences(seen(daemon, text), strings).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    private boolean isAccepted(String text) throws IOException {
        var file = Files.writeString(directory.resolve("compose.yaml"), text);
        return ComposeReader.read(file, Map.of()) instanceof Reading.Accepted;
    }

    /// A service that has each of `strings` in a place where an author can write it.
    private static String text(Strings strings, Random random, ComposeText.Mutant mutant) {
        var half = strings.arguments().size() / 2;
        var entrypoint = new ArrayList<>(List.of("/bin/busybox", "sh", "-c", TELL));
        entrypoint.addAll(strings.arguments().subList(0, half));
        var mounts = new ArrayList<Map<String, Object>>();
        strings.targets().forEach(target -> mounts.add(map("type", "volume", "source", "data", "target", target)));
        var service = new TreeMap<>(map(
                "image",
                Services.IMAGE,
                "network_mode",
                "none",
                "entrypoint",
                entrypoint,
                "command",
                strings.arguments().subList(half, strings.arguments().size()),
                "environment",
                random.nextBoolean() ? strings.environment() : lines(strings.environment()),
                "labels",
                random.nextBoolean() ? strings.labels() : lines(strings.labels()),
                "working_dir",
                strings.workingDirectory(),
                "volumes",
                mounts));
        var document = new TreeMap<String, Object>(
                map("name", "strings", "services", map("a", service), "volumes", map("data", map())));
        return new ComposeText(random, mutant).of(document);
    }

    private static List<String> lines(Map<String, String> pairs) {
        return pairs.entrySet().stream()
                .map(pair -> pair.getKey() + "=" + pair.getValue())
                .toList();
    }

    /// What the process in the container, and the Engine, tell of the service of a Compose file.
    private Strings seen(TestEngine daemon, String compose) throws Exception {
        var project = project(Files.writeString(directory.resolve("compose.yaml"), compose));
        var engine = Engine.at(daemon.socket());
        for (var volume : project.volumes()) {
            new Ensurer(engine, line -> {}).ensure(Definitions.volume(project.name(), volume));
        }
        var image = new Digest(daemon.docker("image", "inspect", "--format", "{{.Id}}", Services.IMAGE));
        var definition = Definitions.container(
                project,
                project.services().getFirst().replicas().getFirst(),
                Services.locked(image),
                Services.place("a"));
        var container = new Container(definition, engine, line -> {});
        container.create(definition.create());
        try {
            container.start();
            var code = daemon.docker("wait", definition.name().value());
            var told = daemon.docker("logs", definition.name().value());
            assertThat(code).as(told).isEqualTo("0");
            return strings(told, container.find().orElseThrow().config());
        } finally {
            container.remove();
        }
    }

    private static Project project(Path compose) {
        return switch (ComposeReader.read(compose, Map.of())) {
            case Reading.Accepted(var host, var problems) -> host.project();
            case Reading.Rejected(var problems) ->
                throw new AssertionError(problems.stream().map(ProblemText::of).collect(Collectors.joining()));
        };
    }

    private static Strings strings(String told, Data.Mapping config) throws IOException {
        var parts = Stream.of(told.split("\n?\\.\n?", -1))
                .map(part -> new String(Base64.getMimeDecoder().decode(part), StandardCharsets.UTF_8))
                .toList();
        var arguments = List.of(parts.get(0).split("\0", -1));
        var environment = new TreeMap<String, String>();
        for (var variable : parts.get(1).split("\0")) {
            var equals = variable.indexOf('=');
            environment.put(variable.substring(0, equals), variable.substring(equals + 1));
        }
        var labels = new TreeMap<String, String>();
        for (var label : Fields.mapping(config, "Labels").entries().entrySet()) {
            labels.put(label.getKey(), Fields.text(label.getValue()));
        }
        return new Strings(
                arguments.subList(4, arguments.size() - 1), environment, labels, parts.get(2), targets(parts.get(3)));
    }

    /// Rule: proc_pid_mountinfo(5), field 5, in which the kernel writes some bytes as octal numbers.
    private static List<String> targets(String mountinfo) {
        return mountinfo
                .lines()
                .map(line -> line.split(" ")[4])
                .map(UnchangedStringsIT::unescaped)
                .toList();
    }

    private static String unescaped(String field) {
        var text = new StringBuilder();
        for (var i = 0; i < field.length(); i++) {
            if (field.charAt(i) == '\\') {
                text.append((char) Integer.parseInt(field.substring(i + 1, i + 4), 8));
                i += 3;
            } else {
                text.append(field.charAt(i));
            }
        }
        return text.toString();
    }

    private static List<String> differences(Strings seen, Strings written) {
        var differences = new ArrayList<String>();
        if (seen.arguments().size() != written.arguments().size()) {
            differences.add(seen.arguments().size() + " arguments of "
                    + written.arguments().size());
        }
        for (var i = 0;
                i < Math.min(seen.arguments().size(), written.arguments().size());
                i++) {
            compare(
                    "argument " + i,
                    seen.arguments().get(i),
                    written.arguments().get(i),
                    differences);
        }
        written.environment()
                .forEach((name, value) ->
                        compare("variable " + name, seen.environment().get(name), value, differences));
        written.labels()
                .forEach((name, value) -> compare("label " + name, seen.labels().get(name), value, differences));
        var more = new TreeMap<>(seen.environment()).keySet();
        more.removeAll(written.environment().keySet());
        more.removeAll(List.of("HOME", "HOSTNAME", "PATH"));
        more.forEach(name -> differences.add("a variable " + name));
        compare("working directory", seen.workingDirectory(), written.workingDirectory(), differences);
        written.targets().stream()
                .filter(target -> !seen.targets().contains(target))
                .forEach(target -> differences.add("no mount at " + target + ", but " + seen.targets()));
        return differences;
    }

    private static void compare(String what, @Nullable String seen, String written, List<String> differences) {
        if (!written.equals(seen)) {
            differences.add(what + ": '" + seen + "' of '" + written + "'");
        }
    }
}
