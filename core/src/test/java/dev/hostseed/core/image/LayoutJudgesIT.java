package dev.hostseed.core.image;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Bundles are read by others' tools, which tell the digests that the lock has; and what those tools write gives the
/// bundle that the same image gives from anywhere.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LayoutJudgesIT {
    private static final String IMAGE = "example/web:1.4";

    @TempDir
    private Path work = Path.of("/nonexistent");

    private Path saved = Path.of("/nonexistent");

    @BeforeEach
    void make() throws IOException {
        var layers = List.of(TestImages.layer("base", "base"), TestImages.layer("web", "web"));
        saved = Files.write(work.resolve("saved.tar"), TestImages.saved(IMAGE, "amd64", layers));
    }

    @ParameterizedTest
    @EnumSource
    void skopeo_reads_directory_and_archive(LayerForm form) throws Exception {
        var skopeo = Judge.installed("skopeo");
        var lock = bundles(form);

        for (var place : List.of("oci:" + work.resolve("bundle"), "oci-archive:" + work.resolve("bundle.tar"))) {
            assertThat(skopeo.run("inspect", "--format", "{{.Digest}}", place + ":" + IMAGE))
                    .isEqualTo(manifest(lock));
            skopeo.run(
                    "--insecure-policy", "copy", "--quiet", place + ":" + IMAGE, "oci:" + work.resolve("copy:" + form));
        }
        assertThat(skopeo.run(
                        "inspect", "--config", "--raw", "docker-archive:" + work.resolve("bundle.tar") + ":" + IMAGE))
                .isEqualTo(new String(
                        Files.readAllBytes(work.resolve("bundle")
                                .resolve(Manifests.blob(lock.images().getFirst().config()))),
                        StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @EnumSource
    void oras_reads_directory_and_archive(LayerForm form) throws Exception {
        var oras = Judge.installedOrOf("trixie", "oras");
        var lock = bundles(form);

        for (var place : List.of(work.resolve("bundle"), work.resolve("bundle.tar"))) {
            var image = place + "@" + manifest(lock);
            assertThat(oras.run("manifest", "fetch", "--oci-layout", "--descriptor", image))
                    .contains("\"digest\":\"" + manifest(lock) + "\"");
            oras.run("copy", "--from-oci-layout", "--to-oci-layout", image, work.resolve("copy") + ":" + form);
            assertThat(oras.run("repo", "tags", "--oci-layout", place.toString()))
                    .isEqualTo(IMAGE);
        }
    }

    @ParameterizedTest
    @EnumSource
    void crane_reads_the_directory_and_what_it_pushes_is_what_the_lock_says(LayerForm form) throws Exception {
        var crane = Judge.installedOrOf("sid", "crane");
        var lock = bundles(form);

        var registry = crane.start("registry", "serve", "--address", "127.0.0.1:0");
        try (var said = new BufferedReader(new InputStreamReader(registry.getInputStream(), StandardCharsets.UTF_8))) {
            var line = said.readLine();
            var repository = "127.0.0.1:" + line.substring(line.lastIndexOf(' ') + 1) + "/bundle";
            crane.run("push", "--index", work.resolve("bundle").toString(), repository + ":all");
            assertThat(crane.run("manifest", repository + ":all"))
                    .isEqualTo(Files.readString(work.resolve("bundle/index.json")));
            assertThat(crane.run("manifest", repository + "@" + manifest(lock))).contains("\"layers\":[{");
            crane.run(
                    "pull",
                    "--format",
                    "oci",
                    repository + "@" + manifest(lock),
                    work.resolve("layout").toString());
            crane.run(
                    "pull",
                    repository + "@" + manifest(lock),
                    work.resolve("tarball").toString());
        } finally {
            registry.destroy();
        }
        var digest = "example/web@" + manifest(lock);
        assertThat(collect(work.resolve("layout"), digest))
                .isEqualTo(lock.images().getFirst().config());
    }

    @ParameterizedTest
    @EnumSource(names = "PLAIN") // umoci 0.4 knows no zstd
    void umoci_lists_and_unpacks_the_directory(LayerForm form) throws Exception {
        var umoci = Judge.installed("umoci");
        bundles(form);

        assertThat(umoci.run("ls", "--layout", work.resolve("bundle").toString()))
                .isEqualTo(IMAGE);
        umoci.run(
                "unpack",
                "--rootless",
                "--image",
                work.resolve("bundle") + ":" + IMAGE,
                work.resolve("root").toString());
        assertThat(work.resolve("root/rootfs/web")).content().isEqualTo("web");
    }

    @Test
    void what_skopeo_writes_gives_the_same_image_in_every_form() throws Exception {
        var skopeo = Judge.installed("skopeo");
        var config = collect(saved, IMAGE);

        for (var form : List.of(
                "oci:" + work.resolve("whole") + ":" + IMAGE,
                "oci:" + work.resolve("web") + ":1.4", // as its manual page shows it
                "oci-archive:" + work.resolve("whole.tar") + ":" + IMAGE,
                "oci-archive:" + work.resolve("web.tar") + ":1.4",
                "docker-archive:" + work.resolve("docker.tar") + ":" + IMAGE)) {
            skopeo.run("--insecure-policy", "copy", "--quiet", "docker-archive:" + saved, form);
            var place = Path.of(form.split(":")[1]);
            assertThat(collect(place, IMAGE)).as(form).isEqualTo(config);
        }
    }

    @Test
    void what_oras_copies_gives_the_same_image() throws Exception {
        var oras = Judge.installedOrOf("trixie", "oras");
        var lock = bundles(LayerForm.ZSTD);

        var from = work.resolve("bundle") + "@" + manifest(lock);
        oras.run("copy", "--from-oci-layout", "--to-oci-layout", from, work.resolve("web") + ":1.4");

        assertThat(collect(work.resolve("web"), IMAGE))
                .isEqualTo(lock.images().getFirst().config());
    }

    @Test
    void what_podman_saves_gives_the_same_image_in_every_form() throws Exception {
        var podman = Judge.installed("podman");
        var config = collect(saved, IMAGE);
        var own = List.of(
                "--root",
                work.resolve("podman").toString(),
                "--runroot",
                work.resolve("run").toString(),
                "--storage-driver",
                "vfs");
        run(podman, own, "load", "--quiet", "--input", saved.toString());

        for (var form : List.of("docker-archive", "oci-archive")) {
            var file = work.resolve(form + ".tar");
            run(podman, own, "save", "--quiet", "--format", form, "--output", file.toString(), IMAGE);
            assertThat(collect(file, "localhost/" + IMAGE)).as(form).isEqualTo(config);
        }
    }

    private static void run(Judge judge, List<String> options, String... arguments)
            throws IOException, InterruptedException {
        var all = new ArrayList<>(options);
        all.addAll(List.of(arguments));
        judge.run(all.toArray(String[]::new));
    }

    /// The image's config, as it is found at `place`.
    private LockedImage.Content collect(Path place, String image) throws IOException {
        var target = Target.directory(work.resolve("collected"));
        return collect(new ImageSource.FromArchive(place), image, target)
                .images()
                .getFirst()
                .config();
    }

    private Lock bundles(LayerForm form) throws IOException {
        var source = new ImageSource.FromArchive(saved);
        collect(source, IMAGE, Target.archive(work.resolve("bundle.tar"), form));
        return collect(source, IMAGE, new Target(work.resolve("bundle"), false, form, false));
    }

    private static Lock collect(ImageSource source, String image, Target target) throws IOException {
        var wanted = new TreeSet<>(List.of(ImageReference.parse(image)));
        var platform = new Platform("linux", "amd64", "");
        var request = new Request(new ProjectName("shop"), wanted, platform, Pins.NONE);
        return Bundle.collect(request, List.of(source), target, Progress.SILENT);
    }

    private static String manifest(Lock lock) {
        return lock.images().getFirst().manifest().digest().value();
    }
}
