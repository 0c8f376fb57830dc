package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.scan.PathRules.PathRule;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How much is looked at, whatever a text is made of. Looks are counted, not time: each machine has its own.
@DisplayNameGeneration(ReplaceUnderscores.class)
class SearchWorkTest {
    private static final int LENGTH = 100_000;

    /// Bytes that may be looked at for each byte of a text.
    private static final int MOST = 12;

    /// What it costs to begin a look, in bytes.
    private static final int BEGIN = 16;

    /// Counts for itself what it is asked for.
    private static final class Watched extends Window {
        long looks;

        Watched(byte[] bytes) {
            super(bytes);
        }

        @Override
        byte at(int index) {
            looks++;
            return super.at(index);
        }

        @Override
        boolean has(int index, String text) {
            looks++;
            return super.has(index, text);
        }

        @Override
        int find(String text, int start, int limit) {
            var found = super.find(text, start, limit);
            looks += Math.max(0, (found < 0 ? Math.min(limit, end) : found) - Math.max(from, start));
            return found;
        }

        @Override
        int findLast(String text, int start, int limit) {
            var found = super.findLast(text, start, limit);
            looks += Math.max(0, Math.min(limit, end) - (found < 0 ? Math.max(from, start) : found));
            return found;
        }

        @Override
        String text(int start, int limit) {
            var text = super.text(start, limit);
            looks += text.length();
            return text;
        }
    }

    private static final class WatchedFinder implements Finder {
        private final Finder finder;
        long looks;

        WatchedFinder(Finder finder) {
            this.finder = finder;
        }

        @Override
        public List<Keyword> keywords() {
            return finder.keywords();
        }

        @Override
        public List<SecretRule> rules() {
            return finder.rules();
        }

        @Override
        public Optional<Hit> find(Window window, int at, int keyword) {
            var watched = new Watched(window.bytes);
            var hit = finder.find(watched, at, keyword);
            window.pass(watched.passed());
            looks += BEGIN + watched.looks;
            return hit;
        }
    }

    private static double looksPerByte(String unit) {
        var finders = ContentRules.SETTINGS.stream().map(WatchedFinder::new).toList();
        new TextScanner(List.copyOf(finders)).scan(filled(unit));
        return finders.stream().mapToLong(finder -> finder.looks).sum() / (double) LENGTH;
    }

    private static byte[] filled(String unit) {
        return Arrays.copyOf(unit.repeat(LENGTH / unit.length() + 1).getBytes(ISO_8859_1), LENGTH);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sk-ant-",
                "-sk-a",
                "8Q~",
                ".eyJ",
                ".eyJhbGciOi",
                ".eyJhbGciOiaaaaaaaa",
                "ghp_",
                ":AA",
                "BEGIN ",
                "-----BEGIN ",
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----a a a a a a a a a a a a a a a a a a a a a a a a a a a a ",
                "-----BEGIN PRIVATE KEY-----\nA: b\n",
                "PuTTY-User-Key-File-3 Encryption: ",
                "AKIA",
                "AKIAQWERTYUIOPASDFGH ",
                "://",
                "a://b:foo@z ",
                "password=",
                "password=passworD=x1 ",
                "AccountKey===="
            })
    void a_text_of_beginnings_is_looked_at_a_few_times(String unit) {
        assertThat(looksPerByte(unit)).isLessThan(MOST);
    }

    @Test
    void no_text_of_what_rules_look_for_is_looked_at_often() {
        var texts = ContentRules.SETTINGS.stream()
                .flatMap(finder -> finder.keywords().stream())
                .map(keyword -> new String(keyword.text(), ISO_8859_1))
                .toList();
        for (var seed = 0; seed < 400; seed++) {
            var random = new Random(seed);
            var unit = new StringBuilder();
            for (var pieces = random.nextInt(4); pieces >= 0; pieces--) {
                unit.append(texts.get(random.nextInt(texts.size())));
                unit.append(List.of("", " ", "=", "\n", "-", ".", "@", "\\n").get(random.nextInt(8)));
                unit.append(Samples.run(Alphabet.of("A-Za-z0-9"), random.nextInt(3) * random.nextInt(30), random));
            }

            assertThat(looksPerByte(unit.toString()))
                    .as("seed %d: %s", seed, unit)
                    .isLessThan(MOST);
        }
    }

    static Stream<PathRule> rulesWithin() {
        return PathRules.ALL.stream().filter(rule -> !rule.isWhole());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rulesWithin")
    void a_file_with_a_purpose_is_looked_at_a_few_times(PathRule rule) {
        for (var needle : rule.needles()) {
            for (var after : List.of(
                    "", "$", " ", "=", ":", "a${", "{{a", "null", "\"", "$a ", "TOKEN=", "x".repeat(70) + "${")) {
                for (var before : List.of("", " ", "TOKEN", "\n")) {
                    var file = new Watched(filled(before + needle + after));

                    var found = rule.find(file);

                    assertThat(file.looks)
                            .as("looks at %s%s%s, found %s", before, needle, after, found.isPresent())
                            .isLessThan((long) 8 * MOST * LENGTH);
                }
            }
        }
    }

    /// What unpacks without end is ended after a few megabytes, and in a large layer after a few for each of its own.
    @Test
    void a_bomb_gives_little() throws Exception {
        var endless = new InputStream() {
            @Override
            public int read() {
                return 0;
            }

            @Override
            public int read(byte[] to, int offset, int length) {
                return length;
            }
        };
        var unpacked = new Budget(new LayerTar(new ByteArrayInputStream(new byte[0]))).limit(endless);
        var given = 0L;
        var piece = new byte[1 << 16];
        for (var n = unpacked.read(piece); n >= 0; n = unpacked.read(piece)) {
            given += n;
        }

        assertThat(given).isBetween(8L << 20, 16L << 20);
    }

    /// A value may stand in another: every one is known, and none is copied again and again.
    @Test
    void a_line_of_assignments_alone_is_read_once() {
        var words = Assignment.all("a=".repeat(500_000));

        assertThat(words).hasSize(500_000).allMatch(word -> word.value().length() <= 1024);
        var names = new ArrayList<String>();
        Assignment.all("|2 OPTS=-Dpassword=x1 TOKEN=\"a b=c\" d")
                .forEach(word -> names.add(word.name() + "→" + word.value()));
        assertThat(names).containsExactly("OPTS→-Dpassword=x1", "-Dpassword→x1", "TOKEN→a b=c", "b→c");
    }
}
