package dev.hostseed.core.data;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// JSON text in UTF-8 (RFC 8259), to and from [Data]. Reading refuses duplicate names, nesting beyond 100 and
/// what is not UTF-8, since replies and files come from outside; how long a text may be is for whoever hands it in.
public final class Json {
    private static final JsonFactory FACTORY =
            JsonFactory.builder().disable(StreamWriteFeature.AUTO_CLOSE_TARGET).build();

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
        return JsonText.read(utf8(in));
    }

    /// Hands each value of a stream of JSON values to `consumer` as soon as it is complete. All but the first have to
    /// be objects.
    ///
    /// @throws MalformedDataException if the text is not JSON; the values before that place were handed on
    public static void forEach(InputStream in, Consumer consumer) throws IOException {
        JsonText.each(utf8(in), consumer);
    }

    /// Refuses what is not UTF-8, and puts nothing in its place.
    private static Reader utf8(InputStream in) {
        return new InputStreamReader(in, StandardCharsets.UTF_8.newDecoder());
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
}
