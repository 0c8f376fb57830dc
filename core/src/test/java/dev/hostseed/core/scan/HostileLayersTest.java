package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.host.Digest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Layers whose author wants the search to stop, to grow or to lie.
@DisplayNameGeneration(ReplaceUnderscores.class)
class HostileLayersTest {
    private static final Digest LAYER = Digest.of(new byte[0]);
    private static final int MEGABYTE = 1 << 20;

    /// Beginnings without an end: each was dear to something that looks back.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-----BEGIN RSA PRIVATE KEY-----\n",
                "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
                "-----BEGIN RSA PRIVATE KEY-----\nA: b\n",
                "A",
                "AKIA",
                "eyJhbGciOi",
                "-eyJhbGciOi",
                ".eyJhbGciOiaaaaaaaaaaaa",
                "a://a:",
                "a://",
                "sk-ant-",
                "password=",
                "AccountKey====",
                "\"service_account\"",
                "PuTTY-User-Key-File-",
                "PuTTY-User-Key-File-3 Encryption: ",
                "8Q~",
                "ghp_",
                "aws_secret_access_key "
            })
    void a_text_made_of_beginnings_holds_nothing(String beginning) throws IOException {
        var text = beginning.repeat(MEGABYTE / beginning.length());

        assertThat(scan(new TestLayer().file("a.conf", text).tar())).isEmpty();
    }

    @Test
    void a_secret_behind_a_line_of_many_megabytes_is_found() throws IOException {
        var token = Samples.of(Shape.of("ghp_[A-Za-z0-9]{36}"), new Random(1));
        var line = new byte[8 * MEGABYTE];
        Arrays.fill(line, (byte) 'A');
        var head = TestLayer.header("a", '0', "", line.length + 41L);
        var content = new SequenceInputStream(
                new ByteArrayInputStream(line), new ByteArrayInputStream((" " + token).getBytes(UTF_8)));
        var padding = new ByteArrayInputStream(new byte[(int) (-(line.length + 41L) & 511) + 1024]);

        var found = LayerScanner.scan(
                LAYER,
                new SequenceInputStream(new SequenceInputStream(new ByteArrayInputStream(head), content), padding));

        assertThat(found.sightings())
                .singleElement()
                .satisfies(one -> assertThat(one.line()).isEqualTo(1));
    }

    @Test
    void an_archive_that_unpacks_to_far_more_than_the_layer_is_cut_off_and_told() throws IOException {
        var bomb = gzip(200);

        assertThat(scan(new TestLayer()
                        .file("a.gz", bomb)
                        .file("b.txt", Samples.privateKey())
                        .tar()))
                .extracting(Sighting::rule)
                .containsExactly(LayerScanner.UNREAD, PrivateKeyFinder.RULE);
    }

    @Test
    void an_archive_in_archives_is_not_opened() throws IOException {
        var inner = Samples.zip("key", Samples.privateKey().getBytes(UTF_8));

        assertThat(scan(new TestLayer()
                        .file("a.zip", Samples.zip("b.zip", inner))
                        .tar()))
                .isEmpty();
        assertThat(scan(new TestLayer()
                        .file("a.gz", Samples.gzip(Samples.gzip(inner)))
                        .tar()))
                .isEmpty();
    }

    @Test
    void a_damaged_archive_is_told() throws IOException {
        var zip = Samples.zip("a", Samples.base64(1000, new Random(1)).getBytes(UTF_8));

        assertThat(scan(new TestLayer()
                        .file("a.gz", Arrays.copyOf(gzip(1), 60))
                        .file("a.zip", Arrays.copyOf(zip, 100))
                        .tar()))
                .extracting(Sighting::rule)
                .containsExactly(LayerScanner.UNREAD, LayerScanner.UNREAD);
    }

    @Test
    void more_secrets_than_anyone_reads_are_counted_and_not_told() throws IOException {
        var random = new Random(1);
        var shape = Shape.of("ghp_[A-Za-z0-9]{36}");
        var layer = new TestLayer();
        for (var i = 0; i < LayerScanner.MOST + 10; i++) {
            layer.file("f" + i, Samples.of(shape, random));
        }

        var found = scan(layer.tar());

        assertThat(found).hasSize(LayerScanner.MOST + 1);
        assertThat(found.getLast().rule()).isEqualTo(LayerScanner.MORE);
    }

    @Test
    void many_samples_in_a_layer_hide_no_secret_behind_them() throws IOException {
        var random = new Random(1);
        var shape = Shape.of("ghp_[A-Za-z0-9]{36}");
        var layer = new TestLayer();
        for (var i = 0; i < LayerScanner.MOST + 10; i++) {
            layer.file("usr/lib/python3/tests/f" + i, Samples.of(shape, random));
        }
        layer.file("srv/key", Samples.of(shape, random));

        var found = scan(layer.tar());

        assertThat(found).filteredOn(one -> one.severity() == Severity.HIGH).hasSize(1);
        assertThat(found).extracting(Sighting::rule).contains(LayerScanner.MORE);
    }

    @Test
    void a_text_that_shrinks_as_texts_do_is_unpacked_to_its_end() throws IOException {
        var random = new Random(1);
        var lines = new ByteArrayOutputStream();
        while (lines.size() < 30 * MEGABYTE) {
            lines.writeBytes((Samples.base64(20, random) + " and what else there was to tell of this one\n".repeat(2))
                    .getBytes(UTF_8));
        }
        lines.writeBytes(Samples.privateKey().getBytes(UTF_8));

        assertThat(scan(new TestLayer()
                        .file("a.log.gz", Samples.gzip(lines.toByteArray()))
                        .tar()))
                .extracting(Sighting::rule)
                .containsExactly(PrivateKeyFinder.RULE);
    }

    @Test
    void files_in_an_archive_count_even_if_they_are_empty() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new java.util.zip.ZipOutputStream(out)) {
            for (var i = 0; i < 200_000; i++) {
                zip.putNextEntry(new java.util.zip.ZipEntry("f" + i));
            }
        }

        assertThat(scan(new TestLayer().file("a.zip", out.toByteArray()).tar()))
                .extracting(Sighting::rule)
                .containsExactly(LayerScanner.UNREAD);
    }

    /// Each finder has its own measure: what was guessed a hundred times does not stand before what is known.
    @Test
    void many_guesses_in_a_file_hide_no_secret_behind_them() throws IOException {
        var random = new Random(1);
        var text = new StringBuilder();
        for (var i = 0; i < 100; i++) {
            text.append("password = ").append(Samples.base64(20, random)).append("7\n");
        }
        text.append(Samples.of(Shape.of("ghp_[A-Za-z0-9]{36}"), random)).append('\n');

        var found = scan(new TestLayer().file("a.conf", text.toString()).tar());

        assertThat(found).hasSize(51);
        assertThat(found.getLast().severity()).isEqualTo(Severity.HIGH);
        assertThat(found.getLast().line()).isEqualTo(101);
    }

    @Test
    void a_secret_behind_one_that_is_repeated_without_end_is_found() throws IOException {
        var random = new Random(1);
        var same = Samples.of(Shape.of("ghp_[A-Za-z0-9]{36}"), random) + "\n";
        var other = Samples.of(Shape.of("npm_[A-Za-z0-9]{36}"), random);

        var found =
                scan(new TestLayer().file("a.txt", same.repeat(50_000) + other).tar());

        assertThat(found).extracting(Sighting::line).containsExactly(1, 50_001);
    }

    @Test
    void a_path_of_many_thousand_directories_is_read() throws IOException {
        var path = "a/".repeat(50_000) + ".env";
        var record = "path=" + path + "\n";
        var length = record.length() + 1 + String.valueOf(record.length() + 7).length();
        var records = (length + " " + record).getBytes(UTF_8);

        var found = scan(new TestLayer()
                .entry("pax", 'x', "", records)
                .file("short", "API_TOKEN=" + Samples.base64(20, new Random(1)))
                .tar());

        assertThat(found)
                .singleElement()
                .satisfies(one -> assertThat(one.path()).isEqualTo(path));
    }

    @Test
    void a_path_longer_than_any_system_takes_is_refused() {
        var path = "a/".repeat(100_000) + "b";

        assertThatThrownBy(() -> scan(new TestLayer()
                        .entry("long", 'L', "", path.getBytes(UTF_8))
                        .file("short", "x")
                        .tar()))
                .isInstanceOf(MalformedLayerException.class);
    }

    /// All names of one file with a secret, below a layer that deletes them all in each of its entries.
    @Test
    void a_file_that_is_deleted_again_and_again_is_deleted_once() throws IOException {
        var lower = new TestLayer().file("d/key", Samples.privateKey());
        var upper = new TestLayer();
        for (var i = 0; i < 9000; i++) {
            lower.hardLink("d/k" + i, "d/key");
            upper.file("d/.wh..wh..opq", "");
        }

        assertThat(TestImage.of(lower, upper).findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.fate()).isEqualTo(new Fate.Deleted(2)));
    }

    @Test
    void what_a_header_says_of_a_link_is_no_content() throws IOException {
        var link = new TestLayer().entry("a", '1', "b", new byte[0]);
        link.raw(TestLayer.header("c", '2', "d", 4000)); // as some tars have it
        link.file(".ssh/id_rsa", Samples.privateKey());

        assertThat(scan(link.tar())).hasSize(1);
    }

    /// As a path is cut into its components.
    @Test
    void a_path_is_normal_afterwards() {
        for (var seed = 0; seed < 2000; seed++) {
            var random = new Random(seed);
            var written = new StringBuilder();
            for (var i = random.nextInt(12); i >= 0; i--) {
                written.append(new String[] {"a", "b", ".", "..", "", ".c", "..."}[random.nextInt(7)]);
                written.append(random.nextInt(8) == 0 ? "" : "/");
            }
            var components = new java.util.ArrayList<String>();
            for (var component : written.toString().split("/")) {
                if (component.equals("..")) {
                    components
                            .subList(Math.max(0, components.size() - 1), components.size())
                            .clear();
                } else if (!component.isEmpty() && !component.equals(".")) {
                    components.add(component);
                }
            }

            assertThat(LayerEntry.normal(written.toString()))
                    .as("seed %d: %s", seed, written)
                    .isEqualTo(String.join("/", components));
        }
    }

    @Test
    void names_go_no_way_up() {
        assertThat(LayerEntry.normal("./a//b/../../../etc/./passwd")).isEqualTo("etc/passwd");
        assertThat(LayerEntry.normal("/")).isEmpty();
        assertThat(LayerEntry.normal("a/b")).isEqualTo("a/b");
    }

    @Test
    void what_is_no_tar_is_refused() {
        var tar = new TestLayer().file("a", "b").tar();

        assertThatThrownBy(() -> scan("<html>".repeat(200).getBytes(UTF_8)))
                .isInstanceOf(MalformedLayerException.class);
        assertThatThrownBy(() -> scan(Arrays.copyOf(tar, 600))).isInstanceOf(MalformedLayerException.class);
        assertThatThrownBy(() -> scan(new TestLayer()
                        .raw(TestLayer.header("a", '0', "", 1L << 32))
                        .tar()))
                .isInstanceOf(MalformedLayerException.class);
    }

    @Test
    void an_empty_layer_is_one() throws IOException {
        assertThat(scan(new byte[0])).isEmpty();
        assertThat(scan(new byte[1024])).isEmpty();
    }

    /// Whatever the bytes are: findings, or a refusal.
    @Test
    void no_layer_is_too_strange() {
        for (var seed = 0; seed < 3000; seed++) {
            var random = new Random(seed);
            var tar = strange(random);
            try {
                scan(tar);
            } catch (MalformedLayerException refused) {
                assertThat(refused).hasMessageMatching("[a-z0-9 ,]+");
            } catch (IOException | RuntimeException wrong) {
                throw new AssertionError("seed " + seed, wrong);
            }
        }
    }

    private static byte[] strange(Random random) {
        var types = "0123456789xgLKSDVM\0".toCharArray();
        var layer = new TestLayer();
        for (var i = random.nextInt(6); i >= 0; i--) {
            var content = new byte[random.nextInt(2000)];
            random.nextBytes(content);
            var beginnings = new String[] {"", "\037\213\010", "PK\3\4", "30 path=../x\n", "\376\355\376\355", "0\202"};
            var begin = beginnings[random.nextInt(beginnings.length)].getBytes(
                    java.nio.charset.StandardCharsets.ISO_8859_1);
            System.arraycopy(begin, 0, content, 0, Math.min(begin.length, content.length));
            var name = new String[] {"a", "../a", ".wh.a", ".ssh/id_a", "a/.wh..wh..opq", "/", "", ".env"}
                    [random.nextInt(8)];
            layer.entry(name, types[random.nextInt(types.length)], "a", content);
        }
        var tar = layer.tar();
        for (var flips = random.nextInt(4); flips > 0; flips--) {
            var at = random.nextInt(tar.length / 512) * 512;
            tar[at + random.nextInt(512)] ^= (byte) (1 << random.nextInt(8));
            if (random.nextBoolean()) {
                System.arraycopy(TestLayer.summed(Arrays.copyOfRange(tar, at, at + 512)), 0, tar, at, 512);
            }
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(tar, random.nextInt(tar.length)) : tar;
    }

    private static byte[] gzip(int megabytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            var lines = new byte[MEGABYTE];
            Arrays.fill(lines, (byte) '\n');
            for (var i = 0; i < megabytes; i++) {
                gzip.write(lines);
            }
        }
        return out.toByteArray();
    }

    private static java.util.List<Sighting> scan(byte[] tar) throws IOException {
        InputStream in = new ByteArrayInputStream(tar);
        return LayerScanner.scan(LAYER, in).sightings();
    }
}
