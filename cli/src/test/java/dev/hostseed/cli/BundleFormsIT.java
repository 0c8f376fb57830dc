package dev.hostseed.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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

    private @Nullable CommandLineProject project;

    @BeforeEach
    void prepare() throws Exception {
        project = CommandLineProject.in(directory);
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
    void a_bundle_is_found_in_what_build_made() throws Exception {
        bundle("-o", "dist/shop-1/bundle");
        Files.copy(
                directory.resolve("dist/shop-1/bundle/hostseed.lock"), directory.resolve("dist/shop-1/hostseed.lock"));

        assertThat(hostseed(0, "bundle", "verify", "dist/shop-1")).startsWith("dist/shop-1/bundle: good");
        assertThat(hostseed(0, "bundle", "inspect", "dist/shop-1")).startsWith("shop, version 1 of the lock: 1 image");
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

    /// What `hostseed words…` prints, without progress and the last line's end.
    private String hostseed(int code, String... words) throws Exception {
        var ended = project().hostseed(words);
        assertThat(ended.code()).as(List.of(words) + ": " + ended.output()).isEqualTo(code);
        return ended.output().stripTrailing();
    }

    private void archive(String name) throws Exception {
        project().layer("layer.tar", "content", name);
        project().archive(name, List.of(), "layer.tar");
    }

    private CommandLineProject project() {
        return Objects.requireNonNull(project);
    }
}
