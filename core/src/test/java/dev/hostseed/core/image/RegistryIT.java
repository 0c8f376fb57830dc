package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.registry.Registries;
import dev.hostseed.core.registry.Settings;
import dev.hostseed.core.testing.TestRegistry;
import dev.hostseed.core.testing.TestTls;
import dev.hostseed.core.testing.TestTokens;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Against Debian's `docker-registry`.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RegistryIT {
    private static final String ZSTD = "application/vnd.oci.image.layer.v1.tar+zstd";
    private static final String DOCKER_MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    /// `ann:pw`, as htpasswd(1) writes it.
    private static final String ANN = "ann:$2y$05$o2Ceb6.uuNKnPaaGZzhXZOKOeg9a.wwzcwh4Ng5M1R7XdVotruiMG";

    @TempDir
    private Path work = Path.of("/nonexistent");

    private final List<AutoCloseable> started = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (var one : started) {
            one.close();
        }
    }

    @Test
    void images_come_by_tag_and_by_digest_in_every_form() throws Exception {
        var registry = started(TestRegistry.start(work));
        var base = layer("bin/sh", 2_000_000);
        var one = layer("one", 300);
        var amd64 = push(registry, "a/web", "", "amd64", base, one);
        var arm64 = push(registry, "a/web", "", "arm64", one);
        var index = index(registry, "a/web", "1.2", amd64, arm64);
        pushDocker(registry, "redis", "7", base);

        var at = registry.authority();
        var lock = collect(Pins.NONE, at + "/a/web:1.2", at + "/a/web@" + Digest.of(amd64), at + "/redis:7");

        assertThat(lock.images())
                .extracting(LockedImage::registry)
                .first()
                .isEqualTo(Digest.of(index).value());
        assertThat(lock.images())
                .allSatisfy(image ->
                        assertThat(image.layers().getFirst().plain().digest()).isEqualTo(Digest.of(base)));
        Bundle.verify(work.resolve("bundle"), lock, Progress.SILENT);
        var archive = Files.write(work.resolve("redis.tar"), TestImages.saved(at + "/redis:7", "amd64", List.of(base)));
        assertThat(Bundle.collect(
                                request(Pins.NONE, at + "/redis:7"),
                                List.of(new ImageSource.FromArchive(archive)),
                                work.resolve("saved"),
                                Progress.SILENT)
                        .images()
                        .getFirst()
                        .manifest())
                .as("the bundle is that of an archive")
                .isEqualTo(lock.images().getLast().manifest());
    }

    @Test
    void a_tag_that_was_moved_is_caught_by_locked() throws Exception {
        var registry = started(TestRegistry.start(work));
        var image = registry.authority() + "/a/web:1.2";
        push(registry, "a/web", "1.2", "amd64", layer("one", 300));
        var lock = collect(Pins.NONE, image);
        assertThat(collect(Pins.of(lock).locked(), image)).isEqualTo(lock);
        var moved = push(registry, "a/web", "1.2", "amd64", layer("two", 300));

        assertThatThrownBy(() -> collect(Pins.of(lock).locked(), image))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining(Digest.of(moved).value());
        assertThat(collect(Pins.of(lock), image)).isEqualTo(lock);
        Workspace.delete(work.resolve("bundle"), Disk.real());
        assertThat(collect(Pins.of(lock), image)).as("by its digest").isEqualTo(lock);
        assertThat(collect(Pins.of(lock).updating(any -> true), image)
                        .images()
                        .getFirst()
                        .registry())
                .isEqualTo(Digest.of(moved).value());
    }

    @Test
    void a_registry_with_passwords_opens_with_a_stored_login_alone() throws Exception {
        var open = started(TestRegistry.start(work));
        push(open, "a/web", "1.2", "amd64", layer("one", 300));
        var passwords = Files.writeString(work.resolve("htpasswd"), ANN + "\n");
        var closed = started(TestRegistry.start(work, "{htpasswd: {realm: r, path: '" + passwords + "'}}"));
        var image = closed.authority() + "/a/web:1.2";

        assertThatThrownBy(() -> collect(Pins.NONE, image))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("docker login " + closed.authority());
        config("{\"auths\": {\"%s\": {\"username\": \"ann\", \"password\": \"wrong\"}}}".formatted(closed.authority()));
        assertThatThrownBy(() -> collect(Pins.NONE, image)).hasMessageContaining("status 401");
        helper("read s; echo '{\"Username\": \"ann\", \"Secret\": \"pw\"}'");
        config("{\"credHelpers\": {\"%s\": \"test\"}}".formatted(closed.authority()));
        assertThat(collect(Pins.NONE, image).images()).hasSize(1);
        Workspace.delete(work.resolve("bundle"), Disk.real());
        config("{\"auths\": {\"%s\": {\"auth\": \"YW5uOnB3\"}}}".formatted(closed.authority()));
        assertThat(collect(Pins.NONE, image).images()).hasSize(1);
        assertThat(Files.readString(work.resolve("bundle/hostseed.lock"))).doesNotContain("YW5uOnB3", "ann");
    }

    @Test
    void a_registry_with_tokens_opens_with_those_of_its_token_server() throws Exception {
        var open = started(TestRegistry.start(work));
        push(open, "a/web", "1.2", "amd64", layer("one", 300), layer("two", 300));
        push(open, "b/api", "1.2", "amd64", layer("one", 300));
        var tokens = started(TestTokens.start(TestTls.make(work), "ann", "pw"));
        var closed = started(TestRegistry.start(work, tokens.auth()));
        var images = new String[] {closed.authority() + "/a/web:1.2", closed.authority() + "/b/api:1.2"};

        assertThatThrownBy(() -> collect(Pins.NONE, images))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("status 401");
        config("{\"auths\": {\"%s\": {\"username\": \"ann\", \"password\": \"wrong\"}}}".formatted(closed.authority()));
        assertThatThrownBy(() -> collect(Pins.NONE, images)).hasMessageContaining("wrong password");
        config("{\"auths\": {\"%s\": {\"username\": \"ann\", \"password\": \"pw\"}}}".formatted(closed.authority()));
        var before = tokens.given();

        assertThat(collect(Pins.NONE, images).images()).hasSize(2);

        assertThat(tokens.given() - before).as("one for each repository").isEqualTo(2);
    }

    @Test
    void a_registry_that_is_killed_meanwhile_gives_the_same_bundle() throws Exception {
        var registry = started(TestRegistry.start(work));
        push(registry, "a/web", "1.2", "amd64", layer("large", 30_000_000), layer("other", 10_000_000));
        var image = registry.authority() + "/a/web:1.2";
        var expected = collect(Pins.NONE, image);
        Workspace.delete(work.resolve("bundle"), Disk.real());
        var restarted = new boolean[1];

        var lock = collect(
                Pins.NONE,
                (what, done, total) -> {
                    if (done > 5_000_000 && !restarted[0]) {
                        restarted[0] = true;
                        restart(registry);
                    }
                },
                image);

        assertThat(restarted[0]).isTrue();
        assertThat(lock).isEqualTo(expected);
    }

    private static void restart(TestRegistry registry) {
        try {
            registry.restart();
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private Lock collect(Pins pins, String... images) throws IOException {
        return collect(pins, Progress.SILENT, images);
    }

    private Lock collect(Pins pins, Progress progress, String... images) throws IOException {
        var environment = new TreeMap<>(Map.of("DOCKER_CONFIG", work.toString(), "PATH", work + ":/usr/bin:/bin"));
        var registries = Registries.of(Settings.ofThisMachine(Set.of(), environment));
        return Bundle.collect(
                request(pins, images),
                List.of(new ImageSource.FromRegistry(registries, new TreeSet<>())),
                work.resolve("bundle"),
                progress);
    }

    private static Request request(Pins pins, String... images) {
        var wanted = new TreeSet<ImageReference>();
        for (var image : images) {
            wanted.add(ImageReference.parse(image));
        }
        return new Request(new ProjectName("shop"), wanted, new Platform("linux", "amd64", ""), pins);
    }

    /// Every other layer is compressed with zstd, the others with gzip.
    ///
    /// @param tag empty for none
    private static byte[] push(TestRegistry to, String repository, String tag, String architecture, byte[]... layers)
            throws IOException, InterruptedException {
        var descriptors = new ArrayList<Data>();
        for (var layer : layers) {
            var zstd = descriptors.size() % 2 == 0;
            var bytes = zstd ? TestImages.zstd(layer) : TestImages.gzip(layer);
            to.blob(repository, bytes);
            descriptors.add(TestImages.descriptor(zstd ? ZSTD : TestRepository.GZIP, bytes));
        }
        var config = TestImages.config(architecture, List.of(layers));
        to.blob(repository, config);
        return manifest(
                to,
                repository,
                tag,
                TestRepository.MANIFEST,
                Data.mapping()
                        .with("config", TestImages.descriptor(TestRepository.CONFIG, config))
                        .with("layers", new Data.Sequence(descriptors)));
    }

    private static void pushDocker(TestRegistry to, String repository, String tag, byte[] layer)
            throws IOException, InterruptedException {
        var config = TestImages.config("amd64", List.of(layer));
        var bytes = TestImages.gzip(layer);
        to.blob(repository, bytes);
        to.blob(repository, config);
        manifest(
                to,
                repository,
                tag,
                DOCKER_MANIFEST,
                Data.mapping()
                        .with("config", TestImages.descriptor("application/vnd.docker.container.image.v1+json", config))
                        .with(
                                "layers",
                                new Data.Sequence(List.of(TestImages.descriptor(
                                        "application/vnd.docker.image.rootfs.diff.tar.gzip", bytes)))));
    }

    private static byte[] index(TestRegistry to, String repository, String tag, byte[] amd64, byte[] arm64)
            throws IOException, InterruptedException {
        return manifest(
                to,
                repository,
                tag,
                TestRepository.INDEX,
                Data.mapping()
                        .with(
                                "manifests",
                                new Data.Sequence(List.of(
                                        TestRepository.entry(TestRepository.MANIFEST, arm64, "linux", "arm64", "v8"),
                                        TestRepository.entry(TestRepository.MANIFEST, amd64, "linux", "amd64", "")))));
    }

    private static byte[] manifest(TestRegistry to, String repository, String tag, String type, Data.Mapping content)
            throws IOException, InterruptedException {
        var head = Data.mapping().with("schemaVersion", 2).with("mediaType", type);
        for (var entry : content.entries().entrySet()) {
            head = head.with(entry.getKey(), entry.getValue());
        }
        var bytes = Json.compact(head);
        to.manifest(repository, tag.isEmpty() ? Digest.of(bytes).value() : tag, type, bytes);
        return bytes;
    }

    private static byte[] layer(String file, int size) throws IOException {
        var content = new byte[size];
        new Random(file.hashCode()).nextBytes(content);
        return TestImages.layer(file, content);
    }

    private void config(String text) throws IOException {
        Files.writeString(work.resolve("config.json"), text);
    }

    private void helper(String script) throws IOException {
        var program = Files.writeString(work.resolve("docker-credential-test"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private <T extends AutoCloseable> T started(T one) {
        started.add(one);
        return one;
    }
}
