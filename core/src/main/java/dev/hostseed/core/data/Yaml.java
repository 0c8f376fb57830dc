package dev.hostseed.cloudinit;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import dev.hostseed.core.data.Data;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/// YAML text that readers of YAML 1.1 and 1.2 take for the same data: every string is in double quotes, on one line.
final class Yaml {
    /// Beyond that a number is infinite or zero to those who read it.
    private static final int LARGEST_SCALE = 400;

    private static final YAMLFactory FACTORY = YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .stringQuotingChecker(new PlainWords())
            .build();

    private Yaml() {}

    /// `data` as a block mapping.
    static String text(Data.Mapping data) {
        var text = new StringWriter();
        try (var generator = FACTORY.createGenerator(text)) {
            write(data, generator);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static void write(Data data, YAMLGenerator to) throws IOException {
        switch (data) {
            case Data.Mapping(var entries) -> {
                to.writeStartObject();
                for (var entry : entries.entrySet()) {
                    to.writeFieldName(carried(entry.getKey()));
                    write(entry.getValue(), to);
                }
                to.writeEndObject();
            }
            case Data.Sequence(var items) -> {
                to.writeStartArray();
                for (var item : items) {
                    write(item, to);
                }
                to.writeEndArray();
            }
            case Data.Text(var text) -> to.writeString(carried(text));
            case Data.Whole(var number) -> to.writeNumber(number);
            case Data.Decimal(var number) -> to.writeNumber(plain(number));
            case Data.Truth(var truth) -> to.writeBoolean(truth);
            case Data.Null ignored -> to.writeNull();
        }
    }

    /// YAML 1.1 knows no exponent without a point and a sign: `1E+3` would be a string.
    private static String plain(BigDecimal number) {
        if (Math.abs(number.scale()) > LARGEST_SCALE) {
            throw new IllegalArgumentException("not a number that readers of YAML agree on: " + number);
        }
        return number.toPlainString() + (number.scale() < 0 ? ".0" : "");
    }

    private static String carried(String text) {
        if (text.codePoints().anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE)) {
            throw new IllegalArgumentException("not a text in Unicode, it has unpaired surrogates");
        }
        return text;
    }

    /// Keys are plain where they are words that cannot be anything else; all other text is quoted.
    private static final class PlainWords extends StringQuotingChecker {
        private static final Pattern WORD = Pattern.compile("[a-z]+[_-][a-z_-]*[a-z]|[a-z]{3,60}");
        private static final Pattern VALUE = Pattern.compile("yes|true|false|off|null|nan|inf");

        @Override
        public boolean needToQuoteName(String name) {
            return !WORD.matcher(name).matches() || VALUE.matcher(name).matches();
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return true;
        }
    }
}
