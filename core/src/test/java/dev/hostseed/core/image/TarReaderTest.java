package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TarReaderTest {
    @Test
    void what_is_written_is_read() throws IOException {
        var random = new Random(3);
        for (var tries = 0; tries < 200; tries++) {
            var files = new LinkedHashMap<String, byte[]>();
            for (var i = random.nextInt(5); i >= 0; i--) {
                var content = new byte[random.nextInt(1500)];
                random.nextBytes(content);
                files.put("d" + i + "/" + "n".repeat(random.nextInt(90)) + i, content);
            }
            assertThat(read(TestImages.tar(files))).isEqualTo(names(files));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../a", "/a", "a/../../b", "a\\b", "a//b", "a/./b", "././a", "a\u0001", "a b", "é"})
    void names_that_are_not_plain_are_refused(String name) {
        refused(TarBytes.header(name, '0', ""));
    }

    @ParameterizedTest
    @ValueSource(chars = {'1', '3', '4', '6', '7', 'S', 'D', 'M', 'V', 'g', 'X'})
    void what_is_no_file_directory_or_symbolic_link_is_refused(char type) {
        refused(TarBytes.header("a", type, "b"));
    }

    @Test
    void a_name_that_is_there_twice_is_refused_whatever_its_case() {
        refused(join(TarBytes.header("a/b", '0', ""), TarBytes.header("A/b", '0', "")));
    }

    @Test
    void the_prefix_that_tar_writes_for_its_own_directory_is_taken_off() throws IOException {
        assertThat(read(end(join(TarBytes.header("./", '5', ""), TarBytes.header("./a", '0', "")))))
                .containsExactly(".", "a");
    }

    @Test
    void long_names_of_pax_and_of_gnu_are_read() throws IOException {
        var name = "n/".repeat(100) + "n";

        assertThat(read(end(join(pax("path=" + name), TarBytes.header("short", '0', "")))))
                .containsExactly(name);
        assertThat(read(end(join(extended('L', (name + "\0").getBytes(UTF_8)), TarBytes.header("short", '0', "")))))
                .containsExactly(name);
    }

    @Test
    void times_beyond_all_measure_are_not_read() throws IOException {
        assertThat(read(end(join(pax("mtime=9e9999999"), TarBytes.header("a", '0', "")))))
                .containsExactly("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"size=-1", "size=99999999999999999999", "size=", "GNU.sparse.major=1", "path=../x", "no"})
    void extended_headers_that_lie_are_refused(String record) {
        refused(join(pax(record), TarBytes.header("a", '0', "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 a=b\n", "99 a=b\n", "6 a=bc\n", "4294967302 a=b\n", " a=b\n", "6 a=b"})
    void extended_headers_with_a_wrong_length_are_refused(String records) {
        refused(join(extended('x', records.getBytes(UTF_8)), TarBytes.header("a", '0', "")));
    }

    @Test
    void an_extended_header_of_more_than_64_KiB_is_refused_unread() {
        var header = TarBytes.header("x", 'x', "");
        System.arraycopy("77777777777".getBytes(UTF_8), 0, header, 124, 11);

        refused(TarBytes.summed(header));
    }

    @Test
    void sizes_below_zero_and_beyond_all_measure_are_refused() {
        for (var first : new byte[] {(byte) 0xff, (byte) 0x81, (byte) 0x80}) {
            var header = TarBytes.header("a", '0', "");
            Arrays.fill(header, 124, 136, (byte) 0xff);
            header[124] = first;
            refused(TarBytes.summed(header));
        }
    }

    @Test
    void a_size_in_base_256_is_read() throws IOException {
        var header = TarBytes.header("a", '0', "");
        Arrays.fill(header, 124, 136, (byte) 0);
        header[124] = (byte) 0x80;
        header[135] = 1;

        assertThat(read(end(join(TarBytes.summed(header), new byte[512])))).containsExactly("a");
    }

    @Test
    void bytes_after_the_end_are_refused_but_empty_blocks() throws IOException {
        var tar = end(TarBytes.header("a", '0', ""));

        assertThat(read(join(tar, new byte[8192]))).containsExactly("a");
        assertThatThrownBy(() -> read(join(tar, TarBytes.header("b", '0', "")))).isInstanceOf(BadBundleException.class);
    }

    @Test
    void a_page_of_html_is_no_archive() {
        assertThatThrownBy(() -> read("<html>".repeat(1000).getBytes(UTF_8)))
                .isInstanceOf(BadBundleException.class)
                .hasMessageContaining("not a tar archive");
    }

    @Test
    void random_blocks_are_refused_and_nothing_else_happens() {
        var random = new Random(5);
        for (var tries = 0; tries < 5000; tries++) {
            var header = TarBytes.header("a", "0125xLK".charAt(random.nextInt(7)), "b");
            for (var i = random.nextInt(4); i >= 0; i--) {
                header[random.nextInt(512)] = (byte) random.nextInt(256);
            }
            try {
                read(end(random.nextBoolean() ? header : TarBytes.summed(header)));
            } catch (IOException refused) {
                assertThat(refused).isInstanceOfAny(BadBundleException.class, EOFException.class);
            }
        }
    }

    private static void refused(byte[] blocks) {
        assertThatThrownBy(() -> read(end(blocks))).isInstanceOfAny(BadBundleException.class, EOFException.class);
    }

    private static List<String> read(byte[] tar) throws IOException {
        var names = new ArrayList<String>();
        var reader = new TarReader(new ByteArrayInputStream(tar));
        for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            names.add(entry.get().name());
        }
        return names;
    }

    private static List<String> names(LinkedHashMap<String, byte[]> files) {
        return List.copyOf(files.keySet());
    }

    private static byte[] pax(String record) {
        var length = record.length() + 5;
        return extended('x', "%03d %s\n".formatted(length, record).getBytes(UTF_8));
    }

    private static byte[] extended(char type, byte[] records) {
        var header = TarBytes.header("x", type, "");
        System.arraycopy("%011o".formatted(records.length).getBytes(UTF_8), 0, header, 124, 11);
        return join(TarBytes.summed(header), Arrays.copyOf(records, (records.length + 511) / 512 * 512));
    }

    private static byte[] end(byte[] blocks) {
        return join(blocks, new byte[1024]);
    }

    private static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (var part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
