package dev.hostseed.core.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.host.ImageBuild.Cache;
import dev.hostseed.core.host.ImageBuild.Dockerfile;
import dev.hostseed.core.host.ImageBuild.Limit;
import dev.hostseed.core.host.ImageBuild.NamedContext;
import dev.hostseed.core.host.ImageBuild.Place;
import dev.hostseed.core.host.ImageBuild.Secret;
import dev.hostseed.core.host.ImageBuild.Special;
import dev.hostseed.core.host.ImageBuild.Surroundings;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.ImageSource;
import dev.hostseed.core.image.Pins;
import dev.hostseed.core.image.Progress;
import dev.hostseed.core.image.Request;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Reading;
import dev.hostseed.core.testing.TestEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Both builders, against the machine's own `dockerd` and those below the directories in `HOSTSEED_ENGINE_ROOTS`.
/// `HOSTSEED_BUILDX` names BuildKit's plugin of the docker command; else Debian's is taken.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ProjectBuilderIT {
    private static final Map<TestEngine.Kind, TestEngine> ENGINES = new HashMap<>();
    private static final Path DEBIANS = Path.of("/usr/libexec/docker/cli-plugins/docker-buildx");

    @TempDir
    private Path work = Path.of("/nonexistent");

    /// @param buildKit whether the docker command has its plugin
    record Case(TestEngine.Kind kind, boolean buildKit) {}

    static Stream<Case> both() {
        return TestEngine.kinds().flatMap(kind -> Stream.of(new Case(kind, false), new Case(kind, true)));
    }

    static Stream<Case> buildKit() {
        return both().filter(Case::buildKit);
    }

    static Stream<Case> own() {
        return both().filter(one -> !one.buildKit());
    }

    @AfterAll
    static void stop() throws IOException {
        for (var engine : ENGINES.values()) {
            engine.close();
        }
        ENGINES.clear();
    }

    @ParameterizedTest
    @MethodSource("both")
    void an_image_is_built_and_travels_with_its_lock(Case on) throws Exception {
        var engine = engine(on);
        write("app/run", "#!/bin/sh");
        write("app/secret.key", "not for others");
        write(".dockerignore", "**/*.key");
        write("Dockerfile", """
                FROM example/base:1 AS first
                ARG LEVEL=0
                ENV LEVEL=$LEVEL
                COPY . /srv/
                FROM first AS second
                CMD ["/bin/false"]
                """);
        var build = TestBuilds.of(
                "example/app:1",
                work,
                new Dockerfile.File(work.resolve("Dockerfile")),
                "first",
                Map.of("LEVEL", "a b=\"c\""),
                surroundings("none"),
                TestBuilds.NOTHING);

        var lock = Bundle.collect(
                new Request(
                        new ProjectName("shop"),
                        new TreeSet<>(List.of(build.image())),
                        Platform.ofThisMachine(),
                        Pins.NONE),
                List.of(new ImageSource.FromBuild(at(engine), builder(engine, on, build))),
                work.resolveSibling(work.getFileName() + "-bundle"),
                Progress.SILENT);

        assertThat(lock.images()).hasSize(1).allSatisfy(image -> {
            assertThat(image.reference()).hasToString("example/app:1");
            assertThat(image.layers()).hasSize(2);
        });
        assertThat(inspect(
                        engine, "example/app:1", "{{json .Config.Cmd}} {{json .Config.Env}} {{json .Config.Labels}}"))
                .startsWith("[\"/bin/sh\"] [")
                .contains("\"LEVEL=a b=\\\"c\\\"\"")
                .endsWith(" {\"of\":\"ours\"}");
        assertThat(engine.docker("run", "--rm", "--network=none", "example/app:1", "/bin/sh", "-c", "echo /srv/*/*"))
                .isEqualTo("/srv/app/run");
    }

    @ParameterizedTest
    @MethodSource("both")
    void a_dockerfile_within_the_compose_file_is_built_with_the_settings_beside_it(Case on) throws Exception {
        var engine = engine(on);
        write("a", "");
        var surroundings = new Surroundings(
                "none",
                List.of("db:10.0.0.9"),
                32 << 20,
                List.of(new Limit("nofile", 100, 200)),
                "linux/amd64",
                new Cache(true, List.of(), false, List.of("example/base:1"), List.of()));
        var inline = new Dockerfile.Inline(
                "FROM example/base:1\nCOPY a /a\nRUN cat /etc/hosts > /hosts; ulimit -n > /limit\n");
        var build = TestBuilds.of("example/inline:1", work, inline, "", Map.of(), surroundings, TestBuilds.NOTHING);

        builder(engine, on, build).build(new TreeSet<>(List.of(build.image())), Progress.SILENT);

        assertThat(engine.docker("run", "--rm", "--network=none", "example/inline:1", "/bin/cat", "/hosts", "/limit"))
                .contains("10.0.0.9", "db")
                .endsWith(on.buildKit() && !at(engine).speaks(43) ? "" : "\n100"); // 20.10's BuildKit has no limits
        assertThat(engine.docker("run", "--rm", "--network=none", "example/inline:1", "/bin/sh", "-c", "echo /.d*"))
                .doesNotContain("dockerfile");
    }

    @ParameterizedTest
    @MethodSource("both")
    void a_step_that_fails_is_told_with_its_last_words(Case on) throws Exception {
        var engine = engine(on);
        var build = inline("FROM example/base:1\nRUN echo so far so good; cat /nowhere\n");

        assertThatThrownBy(
                        () -> builder(engine, on, build).build(new TreeSet<>(List.of(build.image())), Progress.SILENT))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageStartingWith("compose.yaml:3:5: cannot build shop-web:latest: ")
                .hasMessageContainingAll("so far so good", "/nowhere", "RUN echo so far");
    }

    @ParameterizedTest
    @MethodSource("both")
    void a_base_that_is_not_there_and_a_dockerfile_that_is_none_are_told(Case on) throws Exception {
        var engine = engine(on);
        var based = inline("FROM registry.invalid/none:1\n");
        var broken = inline("FORM scratch\n");

        assertThatThrownBy(
                        () -> builder(engine, on, based).build(new TreeSet<>(List.of(based.image())), Progress.SILENT))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("registry.invalid");
        assertThatThrownBy(() ->
                        builder(engine, on, broken).build(new TreeSet<>(List.of(broken.image())), Progress.SILENT))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining("FORM");
    }

    @ParameterizedTest
    @MethodSource("buildKit")
    void secrets_are_given_to_buildkit(Case on) throws Exception {
        var engine = engine(on);
        write("token", "in a file");
        var secrets = List.<Secret>of(
                new Secret.InFile("token", work.resolve("token")),
                new Secret.Held("word", Bytes.of("in the environment")));
        var special = new Special(new TreeMap<>(), secrets, List.of(), List.of(), new TreeMap<>());
        var inline = new Dockerfile.Inline("""
                FROM example/base:1
                RUN --mount=type=secret,id=token --mount=type=secret,id=word \\
                    cat /run/secrets/token /run/secrets/word > /secrets
                """);
        var build = TestBuilds.of("example/knows:1", work, inline, "", Map.of(), surroundings("none"), special);

        builder(engine, on, build).build(new TreeSet<>(List.of(build.image())), Progress.SILENT);

        assertThat(engine.docker("run", "--rm", "--network=none", "example/knows:1", "/bin/cat", "/secrets"))
                .isEqualTo("in a filein the environment");
    }

    @ParameterizedTest
    @MethodSource("buildKit")
    void other_contexts_are_given_to_buildkit_and_what_they_need_is_built_before(Case on) throws Exception {
        var engine = engine(on);
        Assumptions.assumeTrue(at(engine).speaks(43), "the BuildKit in Docker 20.10 knows no other contexts");
        write("shared/file", "of another context");
        var base = inline("FROM example/base:1\nRUN echo made before > /before\n");
        var contexts = new TreeMap<String, NamedContext>();
        contexts.put("one", new NamedContext.Built(base.image()));
        contexts.put("shared", new NamedContext.Directory(work.resolve("shared")));
        var special = new Special(contexts, List.of(), List.of(), List.of(), new TreeMap<>());
        var inline = new Dockerfile.Inline("FROM one\nCOPY --from=shared file /file\n");
        var build = TestBuilds.of("example/on-top:1", work, inline, "", Map.of(), surroundings("none"), special);

        builder(engine, on, base, build).build(new TreeSet<>(List.of(build.image())), Progress.SILENT);

        assertThat(engine.docker("run", "--rm", "--network=none", "example/on-top:1", "/bin/cat", "/before", "/file"))
                .isEqualTo("made before\nof another context");
    }

    @ParameterizedTest
    @MethodSource("own")
    void what_needs_buildkit_is_refused_by_its_name_where_there_is_none(Case on) throws Exception {
        var engine = engine(on);
        var special = new Special(
                new TreeMap<>(),
                List.of(),
                List.of("default"),
                List.of(),
                new TreeMap<>(Map.of("ssh", new Place("compose.yaml:9:7"))));
        var build =
                TestBuilds.of("example/a:1", work, new Dockerfile.Inline(""), "", Map.of(), TestBuilds.PLAIN, special);

        assertThatThrownBy(
                        () -> builder(engine, on, build).build(new TreeSet<>(List.of(build.image())), Progress.SILENT))
                .isInstanceOf(UnbuildableException.class)
                .hasMessage("compose.yaml:9:7: 'ssh' needs BuildKit, and there is only the Engine's own builder; "
                        + BuildKit.REMEDY);
        var mount = inline("FROM example/base:1\nRUN --mount=type=tmpfs,target=/x true\n");
        assertThatThrownBy(
                        () -> builder(engine, on, mount).build(new TreeSet<>(List.of(mount.image())), Progress.SILENT))
                .isInstanceOf(BuildFailedException.class)
                .hasMessageContaining(BuildKit.REMEDY);
    }

    @ParameterizedTest
    @MethodSource("both")
    void what_docker_compose_builds_is_what_we_build(Case on) throws Exception {
        var compose =
                System.getenv().getOrDefault("HOSTSEED_COMPOSE", "/usr/libexec/docker/cli-plugins/docker-compose");
        Assumptions.assumeTrue(
                Files.isExecutable(Path.of(compose)),
                "HOSTSEED_COMPOSE names no docker-compose of version 2, and Debian 12 has none");
        var engine = engine(on);
        write("web/docker/Release", """
                FROM example/base:1 AS first
                ARG LEVEL
                ARG EMPTY=default
                ENV LEVEL=$LEVEL EMPTY=$EMPTY
                LABEL from=dockerfile mine=dockerfile
                FROM first AS second
                WORKDIR /srv
                COPY . .
                EXPOSE 80
                VOLUME /data
                HEALTHCHECK --interval=5s CMD true
                STOPSIGNAL SIGINT
                USER 1000
                ENTRYPOINT ["/bin/sh", "-c"]
                CMD ["sleep 1"]
                FROM second AS third
                """);
        write("web/.dockerignore", "docker\n**/*.log\n");
        write("web/a.log", "");
        write("web/b", "");
        var file = write("compose.yaml", """
                name: parity
                services:
                  web:
                    build:
                      context: web
                      dockerfile: docker/Release
                      target: second
                      args: {LEVEL: 3, EMPTY: ""}
                      labels: [mine=compose, more]
                """);
        var process = new ProcessBuilder(compose, "--file", file.toString(), "build").redirectErrorStream(true);
        process.environment().putAll(environment(on));
        process.environment().put("DOCKER_HOST", "unix://" + engine.socket());
        var started = process.start();
        var said = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(started.waitFor()).as(said).isZero();
        var theirs = config(engine, "parity-web");
        engine.docker("rmi", "--force", "parity-web");

        var project =
                ((Reading.Accepted) ComposeReader.read(file, Map.of())).host().project();
        new ProjectBuilder(at(engine), project.builds(), environment(on)).build(project.images(), Progress.SILENT);

        assertThat(config(engine, "parity-web")).isEqualTo(theirs).contains("\"mine\":\"compose\"");
    }

    /// What a container gets from an image, without the labels that Compose sets itself.
    private static String config(TestEngine engine, String image) throws Exception {
        return inspect(
                        engine,
                        image,
                        "{{with .Config}}{{json .Cmd}}{{json .Entrypoint}}{{json .Env}}{{json .ExposedPorts}}"
                                + "{{json .Healthcheck}}{{json .Labels}}{{json .StopSignal}}{{json .User}}"
                                + "{{json .Volumes}}{{json .WorkingDir}}{{end}}{{len .RootFS.Layers}}")
                .replaceAll("\"com\\.docker\\.compose\\.[a-z.]+\":\"[^\"]*\",?", "");
    }

    private ImageBuild inline(String dockerfile) {
        return TestBuilds.of(
                "shop-web",
                work,
                new Dockerfile.Inline(dockerfile),
                "",
                Map.of(),
                surroundings("none"),
                TestBuilds.NOTHING);
    }

    private static Surroundings surroundings(String network) {
        return new Surroundings(
                network, List.of(), 0, List.of(), "", new Cache(false, List.of(), false, List.of(), List.of()));
    }

    private ProjectBuilder builder(TestEngine engine, Case on, ImageBuild... builds) throws IOException {
        return new ProjectBuilder(at(engine), List.of(builds), environment(on));
    }

    private Map<String, String> environment(Case on) throws IOException {
        var config = work.resolveSibling(work.getFileName() + "-config");
        Files.createDirectories(config.resolve("cli-plugins"));
        var plugin = Path.of(System.getenv().getOrDefault("HOSTSEED_BUILDX", DEBIANS.toString()));
        var link = config.resolve("cli-plugins/docker-buildx");
        if (on.buildKit() && Files.notExists(link)) {
            Files.createSymbolicLink(link, plugin);
        }
        var environment = new HashMap<>(System.getenv());
        environment.put("DOCKER_CONFIG", config.toString());
        if (!on.buildKit()) {
            environment.put("DOCKER_BUILDKIT", "0");
        }
        return environment;
    }

    private static Engine at(TestEngine engine) {
        return Engine.at(engine.socket());
    }

    private static TestEngine engine(Case on) throws IOException, InterruptedException {
        var plugin = Path.of(System.getenv().getOrDefault("HOSTSEED_BUILDX", DEBIANS.toString()));
        Assumptions.assumeTrue(
                !on.buildKit() || Files.isExecutable(plugin),
                "HOSTSEED_BUILDX names no docker-buildx, and Debian 12 has none");
        var known = ENGINES.get(on.kind());
        if (known != null) {
            return known;
        }
        var started = TestEngine.start(on.kind());
        ENGINES.put(on.kind(), started);
        started.busybox("example/base:1");
        return started;
    }

    private static String inspect(TestEngine engine, String image, String format) throws Exception {
        return engine.docker("image", "inspect", "--format", format, image);
    }

    private Path write(String name, String text) throws IOException {
        var file = work.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }
}
