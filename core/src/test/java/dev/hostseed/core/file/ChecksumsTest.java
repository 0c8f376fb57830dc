package dev.hostseed.core.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ChecksumsTest {
    private static final String HEX = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void sha256sum_agrees() throws Exception {
        for (var name : new String[] {"plain", "two words", "back\\slash", "two\nlines", "c\rr", "ümlaut"}) {
            Files.writeString(directory.resolve(name), name);
        }
        var sums = Checksums.of(directory, path -> false).text();

        var process = new ProcessBuilder("sha256sum", "--check", "--strict", "--quiet")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        try (var in = process.getOutputStream()) {
            in.write(Bytes.of(sums).toArray());
        }

        assertThat(new String(process.getInputStream().readAllBytes())).isEmpty();
        assertThat(process.waitFor()).isZero();
    }

    @Test
    void what_is_written_is_what_is_parsed() throws MalformedDataException {
        for (var seed = 0; seed < 500; seed++) {
            var random = new Random(seed);
            var digests = new TreeMap<String, Digest>();
            for (var i = random.nextInt(5); i >= 0; i--) {
                var path = new StringBuilder();
                for (var j = random.nextInt(8); j >= 0; j--) {
                    path.append("ab \\\n\r/nü\t*".charAt(random.nextInt(11)));
                }
                digests.put(path.toString(), Digest.of(Bytes.of(path.toString()).toArray()));
            }

            assertThat(Checksums.parse(new Checksums(digests).text()).digests())
                    .as("seed " + seed)
                    .isEqualTo(digests);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"x", HEX, HEX + " a", HEX + "  ", "g" + HEX + "  a", "\\" + HEX + "  a\\q", "\\" + HEX + "  a\\"
            })
    void a_line_that_is_none_is_refused(String line) {
        assertThatThrownBy(() -> Checksums.parse(HEX + "  first\n" + line + "\n"))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("line 2");
    }

    @Test
    void a_path_that_stands_twice_is_refused() {
        assertThatThrownBy(() -> Checksums.parse(HEX + "  a\n" + HEX + "  a\n"))
                .isInstanceOf(MalformedDataException.class);
    }

    @Test
    void everything_wrong_with_a_directory_is_told_at_once() throws IOException {
        for (var name : new String[] {"altered", "missing", "sound", "linked"}) {
            Files.writeString(directory.resolve(name), name);
        }
        var sums = Checksums.of(directory, path -> false);
        Files.writeString(directory.resolve("altered"), "b");
        Files.delete(directory.resolve("missing"));
        Files.writeString(directory.resolve("extra"), "a");
        Files.writeString(directory.resolve("exempt"), "a");
        Files.move(directory.resolve("linked"), directory.resolve("exempt.real"));
        Files.createSymbolicLink(directory.resolve("linked"), Path.of("exempt.real"));

        assertThat(sums.verify(directory, path -> path.startsWith("exempt")))
                .containsExactly("altered: altered", "not listed: extra", "altered: linked", "missing: missing");
    }
}
