package dev.hostseed.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The forms of a bundle, from the command line.
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BundleFormsIT {
    @TempDir
    private Path directory;

    @BeforeEach
    void prepare() throws Exception {
        Files.writeString(directory.resolve("compose.yaml"), "name: shop\nservices: {web: {image: 'example/web:1'}}\n");
        archive("web");
        archive("tool");
    }

    @Test
    void an_archive_is_made_looked_at_and_verified() throws Exception {
        assertThat(bundle("--to", "shop.tar")).endsWith("shop.tar: 1 image");

        assertThat(hostseed(0, "bundle", "verify", "shop.tar"))
                .startsWith("shop.tar: good\n  lock     version 1 of shop");
        assertThat(hostseed(0, "bundle", "inspect", "shop.tar"))
                .startsWith("shop, version 1 of the lock: 1 image, 1 layer; ")
                .contains("IMAGE", "example/web:1  linux/", "LAYER  DIGEST");
        assertThat(hostseed(0, "bundle", "inspect", "--json", "shop.tar")).contains("\"reference\": \"example/web:1\"");
        assertThat(hostseed(0, "bundle", "inspect", "--html", "shop.html", "shop.tar"))
                .isEqualTo("shop.html: written");
        assertThat(directory.resolve("shop.html")).content().startsWith("<!DOCTYPE html>");
    }

    @Test
    void images_are_added_without_a_compose_file() throws Exception {
        bundle("--to", "shop.tar");

        assertThat(bundle("--to", "shop.tar", "--add", "--image", "example/tool:1"))
                .endsWith("shop.tar: 2 images");
        var added = Files.readAllBytes(directory.resolve("shop.tar"));

        assertThat(hostseed(0, "bundle", "inspect", "shop.tar")).startsWith("shop, version 2 of the lock: 2 images");
        assertThat(bundle("--to", "shop.tar", "--add", "--image", "example/tool:1"))
                .endsWith("shop.tar: 2 images");
        assertThat(directory.resolve("shop.tar")).hasBinaryContent(added);
        assertThat(bundle("-o", "tools", "-p", "tools", "--image", "example/tool:1"))
                .endsWith("tools: 1 image");
        assertThat(hostseed(0, "bundle", "inspect", "tools")).startsWith("tools, version 1 of the lock: 1 image");
    }

    @Test
    void what_contradicts_itself_is_refused() throws Exception {
        var words = List.of("bundle", "--docker-socket", "/nonexistent");

        assertThat(hostseed(2, words, "--to", "a.tar", "-o", "b"))
                .startsWith("hostseed: --output and --to both say where the bundle is made");
        assertThat(hostseed(2, words, "--image", "No Name"))
                .startsWith("hostseed: --image: not an image reference: 'No Name'");
        Files.writeString(directory.resolve("thesis.txt"), "years");
        assertThat(hostseed(7, words, "--to", "thesis.txt"))
                .isEqualTo(
                        "hostseed: thesis.txt is there and is not a bundle as an archive; remove it, or name another place");
        assertThat(hostseed(4, List.of("bundle", "verify"), "images/web.tar")).contains("not a hostseed bundle");
        assertThat(directory.resolve("thesis.txt")).hasContent("years");
    }

    private String bundle(String... more) throws Exception {
        return hostseed(0, List.of("bundle", "--docker-socket", "/nonexistent", "--images", "images"), more);
    }

    private String hostseed(int code, List<String> words, String... more) throws Exception {
        var all = new ArrayList<>(words);
        all.addAll(List.of(more));
        return hostseed(code, all.toArray(String[]::new));
    }

    /// What `hostseed words…` prints, without progress.
    private String hostseed(int code, String... words) throws Exception {
        var all = new ArrayList<>(List.of(System.getProperty("hostseed.home") + "/bin/hostseed"));
        all.addAll(List.of(words));
        var process = start(all);
        var said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(all + ": " + said).isEqualTo(code);
        return String.join(
                "\n",
                said.lines()
                        .filter(line -> !line.startsWith("verifying ")
                                && !line.startsWith("collecting ")
                                && !line.startsWith("reading "))
                        .toList());
    }

    /// An archive as `docker save` writes it, of the image `example/<name>:1`.
    private void archive(String name) throws Exception {
        var image = Files.createDirectories(directory.resolve("image"));
        Files.writeString(image.resolve("content"), name);
        var tar = List.of("tar", "--mtime=@0", "-C", image.toString(), "-cf");
        run(tar, image + "/layer.tar", "content");
        Files.writeString(image.resolve("config.json"), """
                {"architecture": "%s", "os": "linux", "rootfs": {"type": "layers", "diff_ids": ["%s"]}}
                """.formatted(
                        System.getProperty("os.arch").replace("aarch64", "arm64"),
                        Digest.of(Files.readAllBytes(image.resolve("layer.tar")))));
        Files.writeString(image.resolve("manifest.json"), """
                [{"Config": "config.json", "RepoTags": ["example/%s:1"], "Layers": ["layer.tar"]}]
                """.formatted(name));
        var archive = Files.createDirectories(directory.resolve("images")).resolve(name + ".tar");
        run(tar, archive.toString(), "manifest.json", "config.json", "layer.tar");
    }

    private void run(List<String> words, String... more) throws IOException, InterruptedException {
        var all = new ArrayList<>(words);
        all.addAll(List.of(more));
        assertThat(start(all).waitFor()).isZero();
    }

    private Process start(List<String> words) throws IOException {
        var process = new ProcessBuilder(words)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        return process;
    }
}
