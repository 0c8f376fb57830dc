package dev.hostseed.systemd.supervise;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What containers have of each other, in every Engine that is at hand.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SharingIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    static Stream<TestEngine.Kind> engines() {
        return TestEngine.kinds();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_container_is_in_the_namespaces_of_another_one_also_when_that_was_made_anew(TestEngine.Kind kind)
            throws Exception {
        try (var daemon = engine(kind)) {
            var project = project("""
                db: {image: "example/busybox:1", command: [sleep, "600"], ipc: shareable}
                inside:
                  image: example/busybox:1
                  command: [sleep, "600"]
                  network_mode: service:db
                  ipc: service:db
                  pid: service:db
                """);
            networks(daemon, project);
            for (var time = 0; time < 2; time++) { // as the units do: db is restarted, and what is in it with it
                var db = start(daemon, project, "db", 0);
                var inside = start(daemon, project, "inside", 0);

                for (var namespace : new String[] {"net", "ipc", "pid"}) {
                    assertThat(namespace(inside, namespace)).as(namespace).isEqualTo(namespace(db, namespace));
                }
                assertThat(namespace(inside, "uts")).isNotEqualTo(namespace(db, "uts"));
                inside.remove();
                db.remove();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("engines")
    void a_container_sees_the_files_of_another_one(TestEngine.Kind kind) throws Exception {
        try (var daemon = engine(kind)) {
            var project = project("""
                db: {image: "example/busybox:1", command: [sh, -c, "echo kept > /data/file; sleep 600"], volumes: [/data]}
                backup:
                  image: example/busybox:1
                  command:
                  - sh
                  - -c
                  - until test -s /data/file; do sleep 1; done; cat /data/file; touch /data/new 2>/dev/null || echo refused
                  volumes_from: ["db:ro"]
                """);
            networks(daemon, project);
            var db = start(daemon, project, "db", 0);
            var backup = start(daemon, project, "backup", 0);

            daemon.docker("wait", "shop-backup");
            assertThat(daemon.docker("logs", "shop-backup")).startsWith("kept").endsWith("refused");
            backup.remove();
            db.remove();
        }
    }

    /// In the machine's own Engine: one in a root directory has no packet filter there, which leads to its resolver.
    @Test
    void two_containers_of_a_service_run_and_are_found_by_its_name_and_by_a_link() throws Exception {
        try (var daemon = engine(TestEngine.kinds().findFirst().orElseThrow())) {
            var project = project("""
                worker: {image: "example/busybox:1", command: [sleep, "600"], scale: 2}
                web:
                  image: example/busybox:1
                  command: [sh, -c, "for name in worker helper shop-worker-1; do ping -c 1 $$name; done"]
                  links: ["worker:helper"]
                """);
            networks(daemon, project);
            var first = start(daemon, project, "worker", 0);
            var second = start(daemon, project, "worker", 1);
            assertThat(daemon.docker("ps", "--format", "{{.Names}}").lines())
                    .contains("shop-worker-1", "shop-worker-2");
            var web = start(daemon, project, "web", 0);

            daemon.docker("wait", "shop-web");
            assertThat(daemon.docker("logs", "shop-web").lines().filter(line -> line.contains(" 0% packet loss")))
                    .hasSize(3);
            web.remove();
            second.remove();
            first.remove();
        }
    }

    private static TestEngine engine(TestEngine.Kind kind) throws IOException, InterruptedException {
        var daemon = TestEngine.start(kind);
        daemon.busybox(Services.IMAGE);
        return daemon;
    }

    private Project project(String services) throws IOException {
        var file = directory.resolve("compose.yaml");
        Files.writeString(file, "name: shop\nservices:\n" + services.indent(2));
        return switch (ComposeReader.read(file, Map.of())) {
            case Reading.Accepted(var host, var problems) -> host.project();
            case Reading.Rejected(var problems) -> throw new AssertionError(problems);
        };
    }

    private static void networks(TestEngine daemon, Project project) throws IOException {
        var ensurer = new Ensurer(Engine.at(daemon.socket()), line -> {});
        for (var network : project.networks()) {
            ensurer.ensure(Definitions.network(project.name(), network));
        }
    }

    private static Container start(TestEngine daemon, Project project, String service, int which)
            throws IOException, InterruptedException {
        var image = new Digest(daemon.docker("image", "inspect", "--format", "{{.Id}}", Services.IMAGE));
        var replica = project.services().stream()
                .filter(s -> s.name().value().equals(service))
                .findFirst()
                .orElseThrow()
                .replicas()
                .get(which);
        var definition =
                Definitions.container(project, replica, Services.locked(image), Services.place(replica.name()));
        var container = new Container(definition, Engine.at(daemon.socket()), line -> {});
        container.create(definition.create());
        container.start();
        return container;
    }

    private static Path namespace(Container container, String kind) throws IOException {
        var pid = container.find().orElseThrow().pid();
        return Files.readSymbolicLink(Path.of("/proc", Integer.toString(pid), "ns", kind));
    }
}
