package dev.hostseed.core.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/// JSON text in UTF-8 (RFC 8259), to and from [Data]. Reading refuses duplicate names, nesting beyond 100 and texts
/// beyond 8 MiB, since replies and files come from outside.
public final class Json {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(100)
                    .maxStringLength(8 << 20)
                    .build())
            .build();

    private Json() {}

    /// The one value that `bytes` hold.
    ///
    /// @throws MalformedDataException if they hold anything else; the message has line and column
    public static Data read(byte[] bytes) throws MalformedDataException {
        try {
            return next(new ByteArrayInputStream(bytes))
                    .orElseThrow(() -> new MalformedDataException("expected JSON, found an empty text"));
        } catch (MalformedDataException malformed) {
            throw malformed;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// The mapping that `bytes` hold.
    ///
    /// @throws MalformedDataException if they hold anything else
    public static Data.Mapping readMapping(byte[] bytes) throws MalformedDataException {
        if (read(bytes) instanceof Data.Mapping mapping) {
            return mapping;
        }
        throw new MalformedDataException("expected a JSON object");
    }

    /// The one value in `in`, read to its end; empty if there is nothing but white space.
    ///
    /// @throws MalformedDataException if the text is not JSON, or goes on after its first value
    public static Optional<Data> next(InputStream in) throws IOException {
        try (var parser = FACTORY.createParser(in)) {
            if (parser.nextToken() == null) {
                return Optional.empty();
            }
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new MalformedDataException("expected one JSON value, found another after it");
            }
            return Optional.of(value);
        } catch (JsonProcessingException malformed) {
            throw new MalformedDataException(describe(malformed));
        }
    }

    /// Hands each value of a stream of JSON values to `consumer` as soon as it is complete.
    ///
    /// @throws MalformedDataException if the text is not JSON; the values before that place were handed on
    public static void forEach(InputStream in, Consumer consumer) throws IOException {
        try (var parser = FACTORY.createParser(in)) {
            while (parser.nextToken() != null) {
                consumer.accept(value(parser));
            }
        } catch (JsonProcessingException malformed) {
            throw new MalformedDataException(describe(malformed));
        }
    }

    /// What [#forEach] hands values to.
    @FunctionalInterface
    public interface Consumer {
        void accept(Data value) throws IOException;
    }

    /// `data` on one line.
    public static byte[] compact(Data data) {
        return write(data, false);
    }

    /// `data` for people to read and to compare line by line: indented by two, with a final newline.
    public static byte[] pretty(Data data) {
        return write(data, true);
    }

    private static byte[] write(Data data, boolean pretty) {
        var bytes = new ByteArrayOutputStream();
        try (var generator = FACTORY.createGenerator(bytes)) {
            if (pretty) {
                generator.setPrettyPrinter(new TwoSpaces());
            }
            write(data, generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        if (pretty) {
            bytes.write('\n');
        }
        return bytes.toByteArray();
    }

    /// Without a switch over the kinds: the first one in a process takes longer than all else here.
    private static void write(Data data, JsonGenerator to) throws IOException {
        if (data instanceof Data.Mapping(var entries)) {
            to.writeStartObject();
            for (var entry : entries.entrySet()) {
                to.writeFieldName(entry.getKey());
                write(entry.getValue(), to);
            }
            to.writeEndObject();
        } else if (data instanceof Data.Sequence(var items)) {
            to.writeStartArray();
            for (var item : items) {
                write(item, to);
            }
            to.writeEndArray();
        } else {
            writeScalar(data, to);
        }
    }

    private static void writeScalar(Data data, JsonGenerator to) throws IOException {
        if (data instanceof Data.Text(var text)) {
            to.writeString(text);
        } else if (data instanceof Data.Whole(var number)) {
            to.writeNumber(number);
        } else if (data instanceof Data.Decimal(var number)) {
            to.writeNumber(number);
        } else if (data instanceof Data.Truth(var truth)) {
            to.writeBoolean(truth);
        } else {
            to.writeNull();
        }
    }

    private static Data value(JsonParser from) throws IOException {
        return switch (from.currentToken()) {
            case START_OBJECT -> {
                var entries = new LinkedHashMap<String, Data>();
                while (from.nextToken() != JsonToken.END_OBJECT) {
                    var name = from.currentName();
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
            case VALUE_STRING -> new Data.Text(from.getText());
            case VALUE_NUMBER_INT -> whole(from);
            case VALUE_NUMBER_FLOAT -> new Data.Decimal(from.getDecimalValue());
            case VALUE_TRUE -> new Data.Truth(true);
            case VALUE_FALSE -> new Data.Truth(false);
            case VALUE_NULL -> Data.Null.NULL;
            default -> throw new IllegalStateException("not the start of a value: " + from.currentToken());
        };
    }

    /// Numbers beyond 64 bits are kept exactly: the Engine writes memory limits as unsigned.
    private static Data whole(JsonParser from) throws IOException {
        return from.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                ? new Data.Decimal(from.getDecimalValue())
                : new Data.Whole(from.getLongValue());
    }

    private static String describe(JsonProcessingException malformed) {
        var at = malformed.getLocation();
        return at == null
                ? malformed.getOriginalMessage()
                : "line %d, column %d: %s".formatted(at.getLineNr(), at.getColumnNr(), malformed.getOriginalMessage());
    }
}
