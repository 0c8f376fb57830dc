package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What extended headers say of the entry after them. Times and owners are passed over unread.
final class TarRecords {
    private @Nullable String name;
    private @Nullable String target;
    private @Nullable Long size;

    Optional<String> name() {
        return Optional.ofNullable(name);
    }

    Optional<String> target() {
        return Optional.ofNullable(target);
    }

    Optional<Long> size() {
        return Optional.ofNullable(size);
    }

    void readLongName(String records) {
        name = withoutNul(records);
    }

    void readLongTarget(String records) {
        target = withoutNul(records);
    }

    /// @param records lines `<length> <key>=<value>`, where the length counts the whole line in bytes
    void readPax(String records) throws BadBundleException {
        var bytes = records.getBytes(UTF_8);
        var at = 0;
        while (at < bytes.length) {
            var length = 0;
            var digit = at;
            while (digit < bytes.length && bytes[digit] >= '0' && bytes[digit] <= '9' && length < 1 << 20) {
                length = length * 10 + bytes[digit++] - '0';
            }
            var end = at + length;
            if (digit == at
                    || end > bytes.length
                    || end - 1 <= digit
                    || bytes[digit] != ' '
                    || bytes[end - 1] != '\n') {
                throw new BadBundleException("damaged extended header in the archive");
            }
            take(new String(bytes, digit + 1, end - digit - 2, UTF_8));
            at = end;
        }
    }

    private void take(String record) throws BadBundleException {
        var equals = record.indexOf('=');
        if (equals <= 0) {
            throw new BadBundleException("damaged extended header in the archive");
        }
        var value = record.substring(equals + 1);
        switch (record.substring(0, equals)) {
            case "path" -> name = value;
            case "linkpath" -> target = value;
            case "size" -> size = number(value);
            case String key
            when key.startsWith("GNU.sparse") -> throw new BadBundleException("the archive holds a sparse file");
            default -> {} // times, owners, attributes: images are content
        }
    }

    private static long number(String digits) throws BadBundleException {
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadBundleException("the archive holds a file of impossible size");
        }
        return Long.parseLong(digits);
    }

    private static String withoutNul(String text) {
        var nul = text.indexOf('\0');
        return nul < 0 ? text : text.substring(0, nul);
    }
}
