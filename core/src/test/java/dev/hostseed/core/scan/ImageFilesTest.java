package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.scan.ImageFiles.Difference;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ImageFilesTest {
    @Test
    void a_file_that_is_empty_missing_or_another_kind_is_told_with_its_layer() throws Exception {
        var lower = new TestLayer().file("bin/sh", "binary").file("etc/motd", "hello");
        var upper =
                new TestLayer().file("srv/a", "1").symbolicLink("srv/b", "a").file("srv/c", "");
        var container = new TestLayer()
                .file("bin/sh", "")
                .directory("srv/a")
                .symbolicLink("srv/b", "elsewhere")
                .file("srv/c", "")
                .file("srv/d", "more");

        assertThat(differences(container, lower, upper))
                .containsExactly(
                        new Difference(0, "bin/sh", "6 bytes", "0 bytes"),
                        new Difference(1, "srv/a", "1 byte", "a directory"),
                        new Difference(1, "srv/b", "a link to a", "a link to elsewhere"),
                        new Difference(-1, "srv/d", "nothing", "4 bytes"),
                        new Difference(0, "etc/motd", "5 bytes", "nothing"));
    }

    @Test
    void whiteouts_hide_what_lower_layers_have_and_nothing_of_their_own() throws Exception {
        var lower = new TestLayer()
                .file("a", "1")
                .file("b/one", "1")
                .file("b/two", "1")
                .file("c/one", "1")
                .file("c-", "1");
        var upper = new TestLayer()
                .file(".wh.a", "")
                .file("b/one", "22")
                .file("b/.wh..wh..opq", "")
                .file(".wh.c", "");

        assertThat(differences(new TestLayer().file("b/one", "22").file("c-", "1"), lower, upper))
                .isEmpty();
    }

    @Test
    void what_takes_the_place_of_something_else_hides_it() throws Exception {
        var lower = new TestLayer()
                .file("directory/file", "1")
                .symbolicLink("link", "directory")
                .file("file", "1")
                .file("node", "1");
        var upper = new TestLayer()
                .file("directory", "22")
                .file("link/in", "1")
                .directory("file")
                .entry("node", '3', "", new byte[0]);

        assertThat(differences(new TestLayer().file("directory", "22").file("link/in", "1"), lower, upper))
                .isEmpty();
    }

    @Test
    void hard_links_are_files_on_both_sides() throws Exception {
        var layer = new TestLayer().file("a", "123").hardLink("b", "a").hardLink("c", "./a");
        var other = new TestLayer().file("c", "123").hardLink("a", "c").file("b", "123");
        var empty = new TestLayer().file("a", "").hardLink("b", "a").hardLink("c", "a");

        assertThat(differences(other, layer)).isEmpty();
        assertThat(differences(empty, layer)).extracting(Difference::path).containsExactly("a", "b", "c");
    }

    @Test
    void a_sparse_file_is_as_long_as_it_is_unpacked() throws Exception {
        var records = "22 GNU.sparse.major=1\n33 GNU.sparse.name=var/log/lastlog\n27 GNU.sparse.realsize=5000\n";
        var layer = new TestLayer().entry("x", 'x', "", lengths(records)).file("GNUSparseFile.1/lastlog", "map");

        assertThat(differences(new TestLayer().file("var/log/lastlog", "x".repeat(5000)), layer))
                .isEmpty();
    }

    @Test
    void what_is_left_out_may_be_anything() throws Exception {
        var layer = new TestLayer().file("left/a", "1").file("b", "1");
        var container = new TestLayer().file("left/a", "").file("left/more", "").file("b", "1");

        assertThat(differences(container, layer)).isEmpty();
    }

    @Test
    void two_hundred_thousand_files_are_compared() throws Exception {
        var layer = new TestLayer();
        for (var i = 0; i < 200_000; i++) {
            layer.file("usr/lib/node_modules/package-" + i % 1000 + "/dist/file-" + i, "");
        }
        var tar = layer.tar();
        var files = new ImageFiles(path -> false);
        files.add(new ByteArrayInputStream(tar));
        var told = new ArrayList<Difference>();

        assertThat(files.compare(new ByteArrayInputStream(tar), told::add)).isEqualTo(200_000);
        assertThat(told).isEmpty();
    }

    @Test
    void a_container_that_is_cut_off_is_no_container() {
        var cut = List.of(new TestLayer().file("a", "1".repeat(600)).tar());

        assertThatThrownBy(() -> new ImageFiles(path -> false)
                        .compare(new ByteArrayInputStream(cut.getFirst(), 0, 700), difference -> {}))
                .isInstanceOf(MalformedLayerException.class);
    }

    private static List<Difference> differences(TestLayer container, TestLayer... layers) throws IOException {
        var files = new ImageFiles(path -> path.startsWith("left/"));
        for (var layer : layers) {
            files.add(new ByteArrayInputStream(layer.tar()));
        }
        var told = new ArrayList<Difference>();
        files.compare(new ByteArrayInputStream(container.tar()), told::add);
        return told;
    }

    /// `records` with the lengths that they have.
    private static byte[] lengths(String records) {
        var right = new StringBuilder();
        records.lines().forEach(line -> {
            var record = line.substring(line.indexOf(' '));
            right.append(record.length() + 3).append(record).append('\n');
        });
        return right.toString().getBytes(UTF_8);
    }
}
