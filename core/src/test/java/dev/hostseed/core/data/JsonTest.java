package dev.hostseed.core.data;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class JsonTest {
    private static final String TEXTS =
            "ab\"\\/\b\f\n\r\t\u0000\u001f\u007f\u00e9\u2028\u20ac\ufeff\ud83d\ude00{}[]:,'#";
    private static final String MARKS = "{}[]:,\"\\ \n\t0123456789-+.eEtrufalsn/#';=\u0001é";

    /// As a judge: strict, and with the same limit for nesting.
    private static final JsonFactory JACKSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(100).build())
            .build();

    @Test
    void what_was_written_is_read_again() throws IOException {
        for (var seed = 0; seed < 2000; seed++) {
            var data = data(new Random(seed), 4);

            assertThat(Json.read(Json.compact(data))).as("seed %d", seed).isEqualTo(data);
            assertThat(Json.read(Json.pretty(data))).as("seed %d", seed).isEqualTo(data);
        }
    }

    @Test
    void a_text_is_JSON_to_this_reader_and_to_Jackson_alike() throws IOException {
        var accepted = 0;
        for (var seed = 0; seed < 40_000; seed++) {
            var random = new Random(seed);
            var text = damaged(random, Json.compact(data(random, 3)));
            var here = here(text);

            assertThat(here).as("seed %d: %s", seed, new String(text, UTF_8)).isEqualTo(jackson(text));
            accepted += here.isPresent() ? 1 : 0;
        }
        assertThat(accepted).isBetween(4_000, 36_000);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            `{"a": 1,}`         | `line 1, column 10: Expected name`
            `{"a": 1`           | `the text ends within a value`
            `[1, 2`             | `the text ends within a value`
            `{"a" 1}`           | `line 1, column 7: Expected ':'`
            `{"a": 1} {}`       | `expected one JSON value, found another after it`
            `{"a": {"b": tru}}` | `line 1, column 13: not JSON`
            `[1, 1e9999999999]` | `a number beyond all measure, at $[1]`
            `{"a":1,"a":null}`  | `'a' is there twice, at $.a`
            """)
    void what_is_not_JSON_is_told_with_its_place(String text, String told) {
        assertThatThrownBy(() -> Json.read(text.getBytes(UTF_8)))
                .isInstanceOf(MalformedDataException.class)
                .hasMessage(told);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " \r\n\t"})
    void a_text_may_be_empty(String text) throws IOException {
        assertThat(Json.next(new ByteArrayInputStream(text.getBytes(UTF_8)))).isEmpty();
        assertThatThrownBy(() -> Json.read(text.getBytes(UTF_8))).hasMessage("expected JSON, found an empty text");
    }

    @Test
    void numbers_are_kept_exactly() throws IOException {
        var text =
                "[9223372036854775807, 9223372036854775808, -9223372036854775808, 18446744073709551615, 0.10, 1E3, -0]";

        assertThat(Json.read(text.getBytes(UTF_8)))
                .isEqualTo(new Data.Sequence(List.of(
                        new Data.Whole(Long.MAX_VALUE),
                        new Data.Decimal(new BigDecimal("9223372036854775808")),
                        new Data.Whole(Long.MIN_VALUE),
                        new Data.Decimal(new BigDecimal("18446744073709551615")),
                        new Data.Decimal(new BigDecimal("0.10")),
                        new Data.Decimal(new BigDecimal("1E+3")),
                        new Data.Whole(0))));
    }

    @Test
    void a_hundred_levels_are_read_and_no_more() throws IOException {
        assertThat(Json.read(("[".repeat(100) + "]".repeat(100)).getBytes(UTF_8)))
                .isInstanceOf(Data.Sequence.class);
        assertThatThrownBy(() -> Json.read(("[".repeat(101) + "]".repeat(101)).getBytes(UTF_8)))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageContaining("Nesting limit 100 reached");
    }

    @Test
    void each_value_of_a_stream_is_handed_on_before_the_next_one_comes() throws IOException {
        var heard = new ArrayList<Data>();
        var stream = new SequenceInputStream(
                new ByteArrayInputStream("{\"a\":1}\r\n\r\n{\"b\":2}\n".getBytes(UTF_8)), new InputStream() {
                    @Override
                    public int read() {
                        assertThat(heard).hasSize(2);
                        return -1;
                    }
                });

        Json.forEach(stream, heard::add);

        assertThat(heard)
                .containsExactly(Data.mapping().with("a", 1), Data.mapping().with("b", 2));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{} {}{]", "{}\n{}{'a':1}", "{}{} x", "{}{}{\"a\":", "[]{}]", "1\n{}\n2", "{}{}<html>"})
    void what_comes_before_a_bad_value_is_handed_on(String text) {
        var heard = new ArrayList<Data>();
        var stream = new ByteArrayInputStream(text.getBytes(UTF_8));

        assertThatThrownBy(() -> Json.forEach(stream, heard::add)).isInstanceOf(MalformedDataException.class);
        assertThat(heard).hasSize(2);
    }

    @Test
    void what_a_consumer_throws_is_its_own() {
        var end = new EOFException("of the consumer");

        assertThatThrownBy(() -> Json.forEach(new ByteArrayInputStream("{}".getBytes(UTF_8)), value -> {
                    throw end;
                }))
                .isSameAs(end);
    }

    @Test
    void a_connection_that_breaks_off_is_no_bad_text() {
        var broken = new SequenceInputStream(new ByteArrayInputStream("{\"a\":".getBytes(UTF_8)), new InputStream() {
            @Override
            public int read() throws IOException {
                throw new EOFException("the Engine hung up");
            }
        });

        assertThatThrownBy(() -> Json.next(broken)).isExactlyInstanceOf(EOFException.class);
    }

    private static Data data(Random random, int depth) {
        return switch (random.nextInt(depth > 0 ? 8 : 5)) {
            case 0 -> new Data.Text(text(random));
            case 1 -> new Data.Whole(random.nextBoolean() ? random.nextInt(100) : random.nextLong());
            case 2 ->
                new Data.Decimal(new BigDecimal(
                        "-%d.%dE%d".formatted(random.nextInt(9), random.nextInt(999), random.nextInt(60) - 60)));
            case 3 -> new Data.Truth(random.nextBoolean());
            case 4 -> Data.Null.NULL;
            case 5 -> {
                var items = new ArrayList<Data>();
                for (var count = random.nextInt(4); count > 0; count--) {
                    items.add(data(random, depth - 1));
                }
                yield new Data.Sequence(items);
            }
            default -> {
                var entries = new LinkedHashMap<String, Data>();
                for (var count = random.nextInt(4); count > 0; count--) {
                    entries.put(text(random), data(random, depth - 1));
                }
                yield new Data.Mapping(entries);
            }
        };
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (var count = random.nextInt(6); count > 0; count--) {
            var c = TEXTS.codePoints()
                    .skip(random.nextInt(TEXTS.codePointCount(0, TEXTS.length())))
                    .findFirst();
            text.appendCodePoint(c.orElseThrow());
        }
        return text.toString();
    }

    /// By at most three bytes, most of which mean something in JSON.
    private static byte[] damaged(Random random, byte[] text) {
        var damaged = new ArrayList<Byte>();
        for (var b : text) {
            damaged.add(b);
        }
        for (var count = random.nextInt(4); count > 0; count--) {
            var at = random.nextInt(damaged.size() + 1);
            var b = random.nextInt(20) == 0
                    ? (byte) random.nextInt(256)
                    : (byte) MARKS.charAt(random.nextInt(MARKS.length()));
            switch (random.nextInt(3)) {
                case 0 -> damaged.add(at, b);
                case 1 -> damaged.set(Math.min(at, damaged.size() - 1), b);
                default ->
                    damaged.subList(Math.min(at, damaged.size() - 1), damaged.size())
                            .clear();
            }
            if (damaged.isEmpty()) {
                damaged.add((byte) ' ');
            }
        }
        var bytes = ByteBuffer.allocate(damaged.size());
        damaged.forEach(bytes::put);
        return bytes.array();
    }

    private static Optional<Data> here(byte[] text) throws IOException {
        try {
            return Json.next(new ByteArrayInputStream(text));
        } catch (MalformedDataException malformed) {
            return Optional.empty();
        }
    }

    private static Optional<Data> jackson(byte[] text) throws IOException {
        try {
            UTF_8.newDecoder().decode(ByteBuffer.wrap(text)); // Jackson takes some surrogates
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
        try (var parser = JACKSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            var value = value(parser);
            return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
        } catch (JsonProcessingException | CharacterCodingException | NumberFormatException malformed) {
            return Optional.empty();
        }
    }

    private static Data value(JsonParser from) throws IOException {
        return switch (from.currentToken()) {
            case START_OBJECT -> {
                var entries = new LinkedHashMap<String, Data>();
                while (from.nextToken() != JsonToken.END_OBJECT) {
                    var name = paired(from.currentName());
                    from.nextToken();
                    entries.put(name, value(from));
                }
                yield new Data.Mapping(entries);
            }
            case START_ARRAY -> {
                var items = new ArrayList<Data>();
                while (from.nextToken() != JsonToken.END_ARRAY) {
                    items.add(value(from));
                }
                yield new Data.Sequence(items);
            }
            case VALUE_STRING -> new Data.Text(paired(from.getText()));
            case VALUE_NUMBER_INT ->
                from.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                        ? new Data.Decimal(from.getDecimalValue())
                        : new Data.Whole(from.getLongValue());
            case VALUE_NUMBER_FLOAT -> new Data.Decimal(from.getDecimalValue());
            case VALUE_TRUE -> new Data.Truth(true);
            case VALUE_FALSE -> new Data.Truth(false);
            default -> Data.Null.NULL;
        };
    }

    /// RFC 8259, section 8.2: what becomes of an unpaired surrogate is unpredictable, and Gson refuses it.
    private static String paired(String text) throws CharacterCodingException {
        UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        return text;
    }
}
