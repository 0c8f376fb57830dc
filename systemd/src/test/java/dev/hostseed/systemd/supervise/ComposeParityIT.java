package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.source.ComposeInput;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What docker-compose makes of a file, and what we make of it, as the Engine tells it. The environment's
/// `HOSTSEED_COMPOSE` names a docker-compose of version 2; else Docker's plugin is taken, or that of Debian 13.
@DisplayNameGeneration(ReplaceUnderscores.class)
class ComposeParityIT {
    /// What is told of a container that may differ, by its path, and why.
    private static final List<String> MAY_DIFFER = List.of(
            "/(Id|Name|Created|State|GraphDriver|LogPath|HostnamePath|HostsPath|ResolvConfPath)(/.*)?", // of each
            "/Config/MacAddress", // before API 1.44 Compose sends it where the Engine does not look for it
            "/IPAM/Options/.*", // docker-compose drops them, up to 2.40
            "(/Config)?/Labels/(com\\.docker\\.compose\\.|hostseed\\.|OBJECT_SYSTEMD_UNIT).*", // whose it is
            "/HostConfig/RestartPolicy/.*", // systemd starts it again
            "/HostConfig/Binds", // two ways to say it; what came of them is in /Mounts
            "/HostConfig/Mounts/[^:]*:/(Type|Source|Target|ReadOnly|Consistency)",
            "/HostConfig/Mounts/[^:]*:/BindOptions/(CreateMountpoint|Propagation)",
            "/Config/Attach(Stdout|Stderr)", // what a client sees that has made it
            "/NetworkSettings/Networks/[^/]+/(Aliases|DNSNames)", // Compose adds the container's name
            "/NetworkSettings/Networks/[^/]+/(IPAddress|IPv6Gateway|NetworkID)"); // before it starts, one or the other

    private static final Pattern UNKNOWN = Pattern.compile("dditional propert.* not allowed");

    /// The slice of our containers, which Compose leaves to the Engine.
    private static final String SLICE = "shop-x.slice";

    /// Theirs is the author's file, ours a copy for the container.
    private static final String GRANTED_FILE = "(\"Source\":)\"[^\"]*/(secrets|configs)/[^\"]*\"";

    private static final String PLUGIN = "/usr/libexec/docker/cli-plugins/docker-compose";

    @TempDir
    private Path directory;

    static List<Path> files() throws IOException {
        try (var files = Files.list(Path.of("src/test/parity"))) {
            return files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    static Stream<Object[]> matrix() throws IOException {
        var files = files();
        return TestEngine.kinds().flatMap(kind -> files.stream().map(file -> new Object[] {kind, file}));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    void the_engine_tells_the_same_of_what_compose_made_and_of_what_we_made(TestEngine.Kind kind, Path file)
            throws Exception {
        var compose = dockerCompose();
        try (var daemon = TestEngine.start(kind)) {
            daemon.busybox(Services.IMAGE);
            var project = project(file, daemon.docker("version", "--format", "{{.Server.Version}}"));

            compose(daemon, compose, file, "create");
            var theirs = told(daemon, project);
            compose(daemon, compose, file, "down", "--volumes");
            make(daemon, project);
            var ours = told(daemon, project);

            assertThat(differences(ours, theirs)).isEmpty();
        }
    }

    private static String dockerCompose() throws IOException, InterruptedException {
        var named = System.getenv().getOrDefault("HOSTSEED_COMPOSE", PLUGIN);
        if (Files.isExecutable(Path.of(named))) {
            return named;
        }
        var taken = new ProcessBuilder("../scripts/trixie-program", "docker-compose", PLUGIN.substring(1)).start();
        var path = new String(taken.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        var said = new String(taken.getErrorStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (taken.waitFor() != 0) {
            assertThat(System.getenv("CI")).as(said).isNotEqualTo("true");
            assumeTrue(false, "no docker-compose of version 2, and none to be had: " + said);
        }
        return path;
    }

    private static List<String> differences(Map<String, String> ours, Map<String, String> theirs) {
        var paths = new TreeSet<>(ours.keySet());
        paths.addAll(theirs.keySet());
        return paths.stream()
                .filter(path -> !Objects.equals(ours.get(path), theirs.get(path)))
                .map(path -> path + ": ours " + ours.get(path) + ", theirs " + theirs.get(path))
                .toList();
    }

    /// The project, if Docker `version` can do what it asks for.
    private Project project(Path file, String version) throws IOException {
        var host = Files.writeString(
                directory.resolve("host.yaml"),
                "x-host: {docker: {version: '%s'}}\n".formatted(version.replaceFirst("[^0-9.].*", "")));
        var parent = Optional.ofNullable(file.toAbsolutePath().getParent());
        return switch (ComposeReader.read(
                new ComposeInput(List.of(file, host), parent, Optional.empty(), List.of(), Set.of(), Map.of()))) {
            case Reading.Accepted(var read, var problems) -> read.project();
            case Reading.Rejected(var problems) -> {
                var needs = problems.stream()
                        .filter(p -> p.severity() == Problem.Severity.ERROR)
                        .map(Problem::what)
                        .toList();
                assertThat(needs).allMatch(what -> what.contains(" needs Docker "));
                yield abort("Docker " + version + " is older than the file: " + needs);
            }
        };
    }

    private static void compose(TestEngine daemon, String compose, Path file, String... arguments) throws Exception {
        var command = new ArrayList<>(List.of(compose, "-f", file.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DOCKER_HOST", "unix://" + daemon.socket());
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var exit = process.waitFor();
        // Our own reader knows every key of the file, so one that is unknown is newer than this docker-compose.
        assumeFalse(UNKNOWN.matcher(output).find(), "docker-compose is older than the file: " + output);
        assertThat(exit).as("%s: %s", command, output).isZero();
    }

    private static void make(TestEngine daemon, Project project) throws Exception {
        var release = Files.createTempDirectory(Path.of("target").toAbsolutePath(), "release"); // every Engine sees it
        for (var file : project.granted()) {
            var carried =
                    release.resolve(file.kind().section()).resolve(file.name().value());
            Files.createDirectories(carried.getParent());
            Files.write(carried, file.content().toArray());
            Files.setPosixFilePermissions(carried, PosixFilePermissions.fromString("rw-------"));
        }
        var engine = Engine.at(daemon.socket());
        var ensurer = new Ensurer(engine, line -> {});
        for (var network : project.networks()) {
            ensurer.ensure(Definitions.network(project.name(), network));
        }
        for (var volume : project.volumes()) {
            ensurer.ensure(Definitions.volume(project.name(), volume));
        }
        var image = new Digest(daemon.docker("image", "inspect", "--format", "{{.Id}}", Services.IMAGE));
        for (var service : dependantsLast(project)) {
            for (var replica : service.replicas()) {
                var place =
                        new Place("shop-x.service", SLICE, new Logging("json-file", new TreeMap<>()), "/var/lib/files");
                var definition = Definitions.container(project, replica, Services.locked(image), place);
                var grants = new Grants(
                        definition,
                        new Surroundings(
                                engine,
                                release,
                                release.resolve("run"),
                                release,
                                release,
                                Map.of(),
                                List.of(),
                                line -> {}));
                grants.place();
                new Container(definition, engine, line -> {}).create(grants.mountedIn(definition.create()));
            }
        }
    }

    /// The Engine wants a container to be there that another one names.
    private static List<Service> dependantsLast(Project project) {
        var ordered = new LinkedHashMap<ServiceName, Service>();
        while (ordered.size() < project.services().size()) {
            project.services().stream()
                    .filter(service -> service.dependencies().stream().allMatch(d -> ordered.containsKey(d.on())))
                    .forEach(service -> ordered.putIfAbsent(service.name(), service));
        }
        return List.copyOf(ordered.values());
    }

    /// What the Engine tells of each container, network and volume of `project`, by path.
    private static Map<String, String> told(TestEngine daemon, Project project) throws Exception {
        var told = new TreeMap<String, String>();
        var engine = Engine.at(daemon.socket());
        var names = new TreeMap<String, String>();
        for (var line : daemon.docker("ps", "--all", "--no-trunc", "--format", "{{.ID}} {{.Names}}")
                .lines()
                .toList()) {
            names.put(line.substring(0, line.indexOf(' ')), line.substring(line.indexOf(' ') + 1));
        }
        for (var id : names.keySet()) {
            var container =
                    Fields.mapping(engine.find("/containers/" + id + "/json").orElseThrow());
            collect(service(container, project) + ":", "", named(container, id, names), id, told);
        }
        for (var network : project.networks()) {
            var seen = Fields.mapping(
                    engine.find("/networks/" + network.engineName()).orElseThrow());
            var chosen = network.origin() instanceof Network.Made made
                    && made.ipam().subnets().isEmpty();
            var address = chosen ? "Scope" : "IPAM"; // where the Engine chooses, it chooses the next one that is free
            for (var part : List.of(
                    "Name",
                    "Driver",
                    "EnableIPv4",
                    "EnableIPv6",
                    "Labels",
                    address,
                    "Internal",
                    "Attachable",
                    "Options")) {
                collect(
                        "network " + network.key() + ":",
                        "/" + part,
                        seen.find(part).orElse(Data.Null.NULL),
                        "",
                        told);
            }
        }
        for (var volume : project.volumes()) {
            var seen = Fields.mapping(
                    engine.find("/volumes/" + volume.engineName()).orElseThrow());
            for (var part : List.of("Name", "Driver", "Labels", "Options", "Mountpoint")) {
                collect(
                        "volume " + volume.key() + ":",
                        "/" + part,
                        seen.find(part).orElse(Data.Null.NULL),
                        "",
                        told);
            }
        }
        return told;
    }

    /// With the names of the containers that it shares something with, where the Engine may tell their ids.
    private static Data named(Data data, String own, Map<String, String> names) {
        return switch (data) {
            case Data.Mapping(var entries) -> {
                var all = Data.mapping();
                for (var entry : entries.entrySet()) {
                    all = all.with(entry.getKey(), named(entry.getValue(), own, names));
                }
                yield all;
            }
            case Data.Sequence(var items) ->
                new Data.Sequence(
                        items.stream().map(item -> named(item, own, names)).toList());
            case Data.Text(var text) -> {
                var name = names.get(text.replace("container:", ""));
                yield name == null || text.equals(own)
                        ? data
                        : new Data.Text(text.startsWith("container:") ? "container:" + name : name);
            }
            default -> data;
        };
    }

    /// Which container it is: the second one of a service has another number at the end of its name.
    private static String service(Data.Mapping container, Project project) throws IOException {
        var labels = Fields.mapping(Fields.mapping(container, "Config"), "Labels");
        for (var label : List.of("com.docker.compose.service", Labels.SERVICE)) {
            if (labels.find(label).orElse(Data.Null.NULL) instanceof Data.Text(var name)) {
                return Fields.text(container, "Name").endsWith("-2") ? name + " 2" : name;
            }
        }
        throw new AssertionError("whose container is " + Fields.text(container, "Name"));
    }

    /// Nothing at all and an empty list or mapping are the same; a list is told by its items, in any order.
    private static void collect(String whose, String path, Data data, String id, Map<String, String> told) {
        if (MAY_DIFFER.stream().anyMatch(rule -> Pattern.matches(rule, path))) {
            return;
        }
        switch (data) {
            case Data.Mapping(var entries) ->
                entries.forEach((key, value) -> collect(whose, path + "/" + key, value, id, told));
            case Data.Sequence(var items)
            when path.equals("/HostConfig/Mounts") ->
                items.forEach(item -> collect(
                        whose, path + "/" + Fields.findText((Data.Mapping) item, "Target") + ":", item, id, told));
            case Data.Sequence(var items) -> {
                var texts = items.stream().map(ComposeParityIT::text).sorted().toList();
                if (!texts.isEmpty()) {
                    told.put(whose + path, texts.toString());
                }
            }
            case Data.Null ignored -> {}
            case Data.Text(var slice)
            when path.equals("/HostConfig/CgroupParent") && Set.of("", SLICE).contains(slice) -> {}
            default -> {
                var text = new String(Json.compact(data), StandardCharsets.UTF_8);
                var isId = text.length() > 10 && id.startsWith(text.substring(1, text.length() - 1));
                told.put(whose + path, isId ? "<id>" : text);
            }
        }
    }

    /// Of an item of a list. The mode of a mount is what it was made from if that was one text, and only its label is
    /// not
    /// told elsewhere.
    private static String text(Data item) {
        return new String(Json.compact(item), StandardCharsets.UTF_8)
                .replaceAll("[0-9a-f]{64}", "<id>")
                .replaceAll(GRANTED_FILE, "$1<$2>")
                .replaceAll("\"Mode\":\"[a-zA-Z]*\"", "\"Mode\":\"\"")
                .replaceAll("\"Mode\":\"[a-z]*,([zZ])?[^\"]*\"", "\"Mode\":\"$1\"");
    }
}
