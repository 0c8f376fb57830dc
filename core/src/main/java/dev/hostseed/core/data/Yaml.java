package dev.hostseed.core.data;

import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactoryBuilder;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/// YAML text that readers of YAML 1.1 and 1.2 take for the same data.
public final class Yaml {
    /// Beyond that a number is infinite or zero to those who read it.
    private static final int LARGEST_SCALE = 400;

    private static final YAMLFactory QUOTED = factory(new PlainKeys()).build();
    private static final YAMLFactory READABLE = factory(new PlainWords())
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .build();

    private Yaml() {}

    /// `data` as a block mapping, in which every string is in double quotes, on one line.
    ///
    /// @throws IllegalArgumentException if it has unpaired surrogates, or a number that readers do not agree on
    public static String text(Data.Mapping data) {
        return text(data, QUOTED);
    }

    /// The same for people: words stand plain and texts of several lines as such. Where a text has line breaks that
    /// only
    /// YAML 1.1 knows, which no such form can carry, everything is quoted.
    ///
    /// @throws IllegalArgumentException as [#text]
    public static String readable(Data.Mapping data) {
        return text(data, hasOldBreaks(data) ? QUOTED : READABLE);
    }

    private static boolean hasOldBreaks(Data data) {
        return switch (data) {
            case Data.Mapping(var entries) ->
                entries.keySet().stream().anyMatch(Yaml::hasOldBreaks)
                        || entries.values().stream().anyMatch(Yaml::hasOldBreaks);
            case Data.Sequence(var items) -> items.stream().anyMatch(Yaml::hasOldBreaks);
            case Data.Text(var text) -> hasOldBreaks(text);
            default -> false;
        };
    }

    private static boolean hasOldBreaks(String text) {
        return text.chars().anyMatch(c -> c == 0x85 || c == 0x2028 || c == 0x2029);
    }

    private static YAMLFactoryBuilder factory(StringQuotingChecker quoting) {
        return YAMLFactory.builder()
                .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                .disable(YAMLGenerator.Feature.SPLIT_LINES)
                .stringQuotingChecker(quoting);
    }

    private static String text(Data.Mapping data, YAMLFactory factory) {
        var text = new StringWriter();
        try (var generator = factory.createGenerator(text)) {
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
    private static class PlainKeys extends StringQuotingChecker {
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

    /// Text is plain that starts like a word or a path and has nothing that YAML knows.
    private static final class PlainWords extends PlainKeys {
        private static final Pattern WORD = Pattern.compile("[A-Za-z/_.][A-Za-z0-9/_.@$+=-]*(:[A-Za-z0-9/_.@$+=-]+)*");
        private static final Pattern VALUE =
                Pattern.compile("(?i)y|n|yes|no|on|off|true|false|null|[.].*(inf|nan)|[.]|[.][0-9_].*");

        @Override
        public boolean needToQuoteName(String name) {
            return needToQuoteValue(name);
        }

        @Override
        public boolean needToQuoteValue(String value) {
            return value.length() > 120
                    || !WORD.matcher(value).matches()
                    || VALUE.matcher(value).matches();
        }
    }
}
