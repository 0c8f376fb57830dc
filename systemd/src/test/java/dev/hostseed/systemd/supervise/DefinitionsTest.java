package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.host.Connections;
import dev.hostseed.core.host.Connections.Attachment;
import dev.hostseed.core.host.Connections.Port;
import dev.hostseed.core.host.Connections.Protocol;
import dev.hostseed.core.host.Dependency;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.EngineSettings;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.FileOwner;
import dev.hostseed.core.host.GrantedFile.Kind;
import dev.hostseed.core.host.Health;
import dev.hostseed.core.host.Hooks;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.Process;
import dev.hostseed.core.host.Process.Words;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.host.Sharing;
import dev.hostseed.core.host.Sharing.Link;
import dev.hostseed.core.host.Sharing.VolumesFrom;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.host.Volume;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DefinitionsTest {
    private static final Path GOLDENS = Path.of("src/test/golden/definitions");
    private static final Words INHERITED = new Words.Inherited();
    private static final Words CLEARED = new Words.Written(List.of());

    static Stream<Arguments> cases() {
        return Stream.of(
                Arguments.of("a-service-with-everything", rich()),
                Arguments.of("words-inherited-cleared-and-written", words()),
                Arguments.of("what-containers-have-of-each-other", sharing()),
                Arguments.of("hooks-and-several-containers", hooked()),
                Arguments.of("made-by-others", external()),
                Arguments.of("a-service-with-grants", granted()));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void definitions_are_as_in_the_golden_folder(String folder, Project project) throws IOException {
        var rendered = rendered(project);
        var golden = GOLDENS.resolve(folder);
        if (Boolean.getBoolean("golden.update")) {
            update(golden, rendered);
        }

        assertThat(read(golden)).isEqualTo(rendered);
        assertThat(Boolean.getBoolean("golden.update"))
                .as("goldens were rewritten: look at them")
                .isFalse();
    }

    @Test
    void every_golden_folder_has_a_case() throws IOException {
        try (var folders = Files.list(GOLDENS)) {
            assertThat(folders.map(folder -> String.valueOf(folder.getFileName())))
                    .containsExactlyInAnyOrderElementsOf(
                            cases().map(each -> (String) each.get()[0]).toList());
        }
    }

    @Test
    void another_image_that_a_container_mounts_makes_another_definition() {
        var plain = Services.define(Services.shell("web", "exit 0"), StatefulEngine.IMAGE);
        var one = Services.locked(new Digest("sha256:" + "1".repeat(64)));
        var other = Services.locked(new Digest("sha256:" + "2".repeat(64)));

        assertThat(plain.mounting(List.of())).isEqualTo(plain);
        assertThat(plain.mounting(List.of(one)).config())
                .isEqualTo(plain.mounting(List.of(one)).config())
                .isNotEqualTo(plain.config())
                .isNotEqualTo(plain.mounting(List.of(other)).config());
    }

    private static Project rich() {
        var process = new Process(
                new Words.Written(List.of("/bin/start", "--as is")),
                new Words.Written(List.of("$HOME", "100%")),
                new TreeMap<>(Map.of("A-B", "1", "EMPTY", "", "LINES", "one\ntwo")),
                "33:web",
                "/srv");
        var ports = List.of(
                new Port("", 8080, 80, Protocol.TCP),
                new Port("127.0.0.1", 8081, 80, Protocol.TCP),
                new Port("", 53, 53, Protocol.UDP),
                new Port("", 0, 443, Protocol.TCP));
        var mounts = List.<Mount>of(
                new Mount.Bind(path("/srv/data"), path("/data"), false, true),
                new Mount.Bind(path("/etc/hosts"), path("/etc/hosts"), true, false),
                new Mount.ProjectBind("web.conf", path("/etc/web.conf"), true),
                new Mount.Named(
                        new ResourceName("store"),
                        path("/store"),
                        false,
                        new Mount.Options("", Data.mapping().with("NoCopy", true))),
                new Mount.Anonymous(path("/tmp/any"), false));
        var networks = List.of(
                new Attachment(new ResourceName("front"), List.of("www"), "10.1.0.5", ""),
                new Attachment(new ResourceName("back"), List.of(), "", "fd00::5"));
        var check = new Health.Check(
                List.of("CMD-SHELL", "test -e /up"),
                Duration.ofSeconds(30),
                Duration.ofMillis(1500),
                3,
                Duration.ofSeconds(10),
                Duration.ofSeconds(1));
        var connections = new Connections(ports, mounts, networks);
        var web = service("web", process, Map.of("author", "me"), connections, List.of(after("job")), check);
        var job = service("job", INHERITED, INHERITED);
        return project(
                List.of(job, web),
                List.of(
                        network("back", new Network.Reach(true, false, true, true), "fd00::/64", "", ""),
                        network(
                                "front",
                                new Network.Reach(false, true, true, false),
                                "10.1.0.0/16",
                                "10.1.0.0/24",
                                "10.1.0.1")),
                List.of(new Volume(
                        new ResourceName("store"),
                        new EngineName("shop_store"),
                        new Volume.Made("local", map(Map.of("type", "tmpfs")), map(Map.of("kept", "yes"))))));
    }

    private static Project words() {
        return project(
                List.of(
                        service("entrypoint-cleared", CLEARED, INHERITED),
                        service("command-cleared", INHERITED, CLEARED),
                        service("both-inherited", INHERITED, INHERITED),
                        service("unchecked", CLEARED, new Words.Written(List.of("/bin/true")))),
                List.of(),
                List.of());
    }

    private static Project granted() {
        var grants = new Mount.Granted[] {
            new Mount.Granted(
                    Kind.SECRET,
                    new ResourceName("password"),
                    path("/run/secrets/db"),
                    new FileOwner(33, 34),
                    new FileMode(0440)),
            new Mount.Granted(
                    Kind.CONFIG, new ResourceName("web.conf"), path("/web.conf"), FileOwner.ROOT, new FileMode(0444))
        };
        return new Project(
                new ProjectName("shop"),
                List.of(Services.granted("web", "true", "", grants)),
                List.of(),
                List.of(),
                List.of(),
                Services.files(grants));
    }

    private static Project sharing() {
        var lan = new Attachment(new ResourceName("lan"), List.of(), "", "");
        var shared = new Sharing(
                List.of(new Link(new ServiceName("db"), "store"), new Link(new ServiceName("cache"), "cache")),
                List.of(
                        new VolumesFrom.OfService(new ServiceName("cache"), true),
                        new VolumesFrom.OfContainer(new EngineName("elsewhere"), false)),
                new TreeMap<>());
        var inside = new Sharing(
                List.of(),
                List.of(),
                new TreeMap<>(Map.of("NetworkMode", new ServiceName("db"), "PidMode", new ServiceName("cache"))));
        var bridged = new EngineSettings(
                Optional.empty(), Data.mapping(), Data.mapping().with("NetworkMode", "bridge"));
        return project(
                List.of(
                        with(List.of(lan), Sharing.none(), named("the-db"), service("db", INHERITED, INHERITED), 1),
                        with(
                                List.of(lan),
                                Sharing.none(),
                                EngineSettings.none(),
                                service("cache", INHERITED, INHERITED),
                                2),
                        with(List.of(lan), shared, EngineSettings.none(), service("web", INHERITED, INHERITED), 1),
                        with(List.of(), shared, bridged, service("old", INHERITED, INHERITED), 1),
                        with(List.of(), inside, EngineSettings.none(), service("shell", INHERITED, INHERITED), 1)),
                List.of(network("lan", new Network.Reach(false, false, true, false), "10.1.0.0/16", "", "")),
                List.of());
    }

    private static EngineSettings named(String name) {
        return new EngineSettings(Optional.of(new EngineName(name)), Data.mapping(), Data.mapping());
    }

    private static Service with(
            List<Attachment> networks, Sharing sharing, EngineSettings engine, Service plain, int scale) {
        return new Service(
                plain.name(),
                plain.image(),
                plain.process(),
                plain.labels(),
                new Connections(List.of(), List.of(), networks, sharing),
                plain.dependencies(),
                plain.health(),
                plain.restart(),
                plain.stopGracePeriod(),
                engine,
                scale,
                Hooks.none());
    }

    private static Project hooked() {
        var process =
                new Process(INHERITED, new Words.Written(List.of("migrate")), new TreeMap<>(Map.of("A", "1")), "", "");
        var hooks = new Hooks(
                List.of(new Hooks.Step(ImageReference.parse("example/tools:1"), process, true)),
                List.of(new Hooks.Command(
                        List.of("warm", "up"), new TreeMap<>(Map.of("B", "2")), "www", "/srv", false)),
                List.of(new Hooks.Command(List.of("flush"), new TreeMap<>(), "", "", true)));
        var mounts = List.<Mount>of(new Mount.Bind(path("/srv/data"), path("/data"), false, true));
        var networks = List.of(
                new Attachment(new ResourceName("front"), List.of("www"), "", ""),
                new Attachment(new ResourceName("back"), List.of(), "", ""));
        var plain = service("web", INHERITED, INHERITED);
        var web = new Service(
                plain.name(),
                plain.image(),
                plain.process(),
                plain.labels(),
                new Connections(List.of(), mounts, networks),
                plain.dependencies(),
                plain.health(),
                plain.restart(),
                plain.stopGracePeriod(),
                plain.engine(),
                2,
                hooks);
        return project(
                List.of(web),
                List.of(
                        network("back", new Network.Reach(false, false, true, false), "10.1.0.0/16", "", ""),
                        network("front", new Network.Reach(false, false, true, false), "10.2.0.0/16", "", "")),
                List.of());
    }

    private static Project external() {
        return project(
                List.of(),
                List.of(new Network(new ResourceName("lan"), new EngineName("lan"), new Network.External())),
                List.of(new Volume(new ResourceName("disk"), new EngineName("the-disk"), new Volume.External())));
    }

    private static SortedMap<String, String> rendered(Project project) {
        var files = new TreeMap<String, String>();
        var image = Services.locked(new Digest("sha256:" + "a".repeat(64)));
        for (var service : project.services()) {
            for (var replica : service.replicas()) {
                var definition = Definitions.container(project, replica, image, place(replica.name()));
                files.put("containers/" + replica.name() + ".json", text(definition.toData()));
            }
            for (var step = 1; step <= service.hooks().preStart().size(); step++) {
                var name = service.name() + "@pre-start-" + step;
                var definition = Definitions.step(project, service, step, image, place(name));
                files.put("containers/" + name + ".json", text(definition.toData()));
            }
        }
        for (var network : project.networks()) {
            var definition = Definitions.network(project.name(), network);
            files.put("networks/" + network.key() + ".json", text(definition.toData()));
        }
        for (var volume : project.volumes()) {
            var definition = Definitions.volume(project.name(), volume);
            files.put("volumes/" + volume.key() + ".json", text(definition.toData()));
        }
        return files;
    }

    private static Place place(String name) {
        return new Place("shop-" + name + ".service", "shop-x.slice", Logging.journal(name), "/var/lib/files");
    }

    private static String text(Data data) {
        return new String(Json.pretty(data), StandardCharsets.UTF_8);
    }

    private static SortedMap<String, String> read(Path folder) throws IOException {
        var files = new TreeMap<String, String>();
        if (Files.exists(folder)) {
            try (var all = Files.walk(folder)) {
                for (var file : all.filter(Files::isRegularFile).toList()) {
                    files.put(folder.relativize(file).toString(), Files.readString(file));
                }
            }
        }
        return files;
    }

    private static void update(Path folder, Map<String, String> files) throws IOException {
        for (var old : read(folder).keySet()) {
            Files.delete(folder.resolve(old));
        }
        for (var file : files.entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(
                    folder.resolve(file.getKey().substring(0, file.getKey().indexOf("/"))));
            Files.writeString(path, file.getValue());
        }
    }

    private static Project project(List<Service> services, List<Network> networks, List<Volume> volumes) {
        return new Project(new ProjectName("shop"), services, networks, volumes, List.of(), List.of());
    }

    private static Service service(String name, Words entrypoint, Words command) {
        return service(
                name,
                new Process(entrypoint, command, new TreeMap<>(), "", ""),
                Map.of(),
                new Connections(List.of(), List.of(), List.of()),
                List.of(),
                name.equals("unchecked") ? new Health.Disabled() : new Health.Inherited());
    }

    private static Service service(
            String name,
            Process process,
            Map<String, String> labels,
            Connections connections,
            List<Dependency> after,
            Health health) {
        return new Service(
                new ServiceName(name),
                ImageReference.parse("example/web:1"),
                process,
                map(labels),
                connections,
                after,
                health,
                new RestartPolicy.Always(),
                Duration.ofSeconds(10),
                EngineSettings.none());
    }

    private static Dependency after(String service) {
        return new Dependency(new ServiceName(service), Dependency.Condition.COMPLETED_SUCCESSFULLY, true, false);
    }

    private static Network network(String key, Network.Reach reach, String subnet, String range, String gateway) {
        var made = new Network.Made(
                "bridge",
                map(Map.of("com.docker.network.bridge.name", "br-" + key)),
                map(Map.of("kind", key)),
                reach,
                Network.Ipam.of(List.of(new Network.Subnet(subnet, range, gateway, new TreeMap<>()))));
        return new Network(new ResourceName(key), new EngineName("shop_" + key), made);
    }

    private static SortedMap<String, String> map(Map<String, String> entries) {
        return new TreeMap<>(entries);
    }

    private static TargetPath path(String path) {
        return new TargetPath(path);
    }
}
