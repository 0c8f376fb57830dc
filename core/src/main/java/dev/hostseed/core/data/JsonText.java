package dev.hostseed.core.data;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.regex.Pattern;

/// JSON text, read. By Gson's reader rather than Jackson's, which each process that reads a file or asks the Engine
/// would wait for: its parsers begin with `BigDecimal`, and that one with powers of five up to the 65536th.
final class JsonText {
    private static final int NESTING = 100;

    private final Ending text;
    private final JsonReader reader;
    private boolean begun;

    private JsonText(Reader text) {
        this.text = new Ending(text);
        this.reader = new JsonReader(this.text);
        reader.setStrictness(Strictness.STRICT);
        reader.setNestingLimit(NESTING);
    }

    /// The one value in `text`, which is read to its end; empty if there is nothing but white space.
    ///
    /// @throws MalformedDataException if it is not JSON, or goes on after its first value
    static Optional<Data> read(Reader text) throws IOException {
        var json = new JsonText(text);
        var value = json.next(Strictness.STRICT);
        if (value.isPresent()) {
            json.requireEnd();
        }
        return value;
    }

    private void requireEnd() throws IOException {
        try {
            reader.peek();
        } catch (MalformedJsonException more) {
            throw new MalformedDataException("expected one JSON value, found another after it");
        } catch (CharacterCodingException coding) {
            throw new MalformedDataException("not UTF-8");
        }
    }

    /// Hands each value in `text` to `consumer` as soon as it is complete; all but the first have to be objects.
    ///
    /// @throws MalformedDataException if it is not JSON; the values before that place were handed on
    static void each(Reader text, Json.Consumer consumer) throws IOException {
        var json = new JsonText(text);
        for (var value = json.next(Strictness.STRICT); value.isPresent(); value = json.next(Strictness.LENIENT)) {
            consumer.accept(value.get());
        }
    }

    /// The next value, or nothing at the end.
    ///
    /// @param before how what stands before it is taken: only a lenient Gson lets a value follow another
    private Optional<Data> next(Strictness before) throws IOException {
        try {
            reader.setStrictness(before);
            if (isAtEnd()) {
                return Optional.empty();
            }
            if (before == Strictness.LENIENT && reader.peek() != JsonToken.BEGIN_OBJECT) {
                throw new MalformedDataException("expected another JSON object, found something else");
            }
            reader.setStrictness(Strictness.STRICT);
            return Optional.of(value());
        } catch (MalformedJsonException malformed) {
            throw new MalformedDataException(describe(malformed));
        } catch (EOFException end) {
            throw text.ended ? new MalformedDataException("the text ends within a value") : end;
        } catch (CharacterCodingException coding) {
            throw new MalformedDataException("not UTF-8");
        }
    }

    private boolean isAtEnd() throws IOException {
        if (begun) {
            return reader.peek() == JsonToken.END_DOCUMENT;
        }
        begun = true;
        try {
            reader.peek();
            return false;
        } catch (EOFException end) {
            if (text.ended && text.isBlank) {
                return true;
            }
            throw end;
        }
    }

    private Data value() throws IOException {
        return switch (reader.peek()) {
            case BEGIN_OBJECT -> mapping();
            case BEGIN_ARRAY -> sequence();
            case STRING -> new Data.Text(reader.nextString());
            case NUMBER -> number(reader.nextString());
            case BOOLEAN -> new Data.Truth(reader.nextBoolean());
            case NULL -> {
                reader.nextNull();
                yield Data.Null.NULL;
            }
            default -> throw new IllegalStateException("not the start of a value: " + reader.peek());
        };
    }

    private Data mapping() throws IOException {
        var entries = new LinkedHashMap<String, Data>();
        reader.beginObject();
        while (reader.peek() != JsonToken.END_OBJECT) {
            var name = reader.nextName();
            if (entries.put(name, value()) != null) {
                throw new MalformedDataException("'" + name + "' is there twice, at " + reader.getPath());
            }
        }
        reader.endObject();
        return new Data.Mapping(entries);
    }

    private Data sequence() throws IOException {
        var items = new ArrayList<Data>();
        reader.beginArray();
        while (reader.peek() != JsonToken.END_ARRAY) {
            items.add(value());
        }
        reader.endArray();
        return new Data.Sequence(items);
    }

    /// Numbers beyond 64 bits are kept exactly: the Engine writes memory limits as unsigned. Gson refuses those of more
    /// than 1023 characters.
    private Data number(String text) throws MalformedDataException {
        try {
            return new Data.Whole(Long.parseLong(text));
        } catch (NumberFormatException notLong) {
            return decimal(text);
        }
    }

    private Data decimal(String text) throws MalformedDataException {
        try {
            return new Data.Decimal(new BigDecimal(text));
        } catch (NumberFormatException beyond) {
            throw new MalformedDataException("a number beyond all measure, at " + reader.getPreviousPath());
        }
    }

    /// Without Gson's advice to programmers.
    private static String describe(MalformedJsonException malformed) {
        var parts = Pattern.compile("(.*) at line (\\d+) column (\\d+) path .*", Pattern.DOTALL)
                .matcher(String.valueOf(malformed.getMessage()));
        if (!parts.matches()) {
            return String.valueOf(malformed.getMessage());
        }
        var what = parts.group(1).contains("JsonReader") ? "not JSON" : parts.group(1);
        return "line " + parts.group(2) + ", column " + parts.group(3) + ": " + what;
    }

    /// Tells the end of a text from that of the connection that brings it.
    private static final class Ending extends FilterReader {
        private boolean ended;
        private boolean isBlank = true;

        Ending(Reader text) {
            super(text);
        }

        @Override
        public int read(char[] to, int offset, int length) throws IOException {
            var count = super.read(to, offset, length);
            ended |= count < 0;
            for (var i = 0; isBlank && i < count; i++) {
                isBlank = to[offset + i] <= ' ';
            }
            return count;
        }
    }
}
