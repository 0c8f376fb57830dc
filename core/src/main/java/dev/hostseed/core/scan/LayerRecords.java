package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What extended headers say of the entry after them, as far as it matters here.
final class LayerRecords {
    private @Nullable String name;
    private @Nullable String sparseName; // its `path` is one that GNU tar made up
    private @Nullable String target;
    private @Nullable Long size;
    private @Nullable Long sparseLength; // what GNU tar's file is unpacked to, in bytes

    Optional<String> name() {
        return Optional.ofNullable(sparseName == null ? name : sparseName);
    }

    Optional<String> target() {
        return Optional.ofNullable(target);
    }

    Optional<Long> size() {
        return Optional.ofNullable(size);
    }

    Optional<Long> sparseLength() {
        return Optional.ofNullable(sparseLength);
    }

    void readLongName(byte[] bytes) {
        name = LayerTar.text(bytes, 0, bytes.length);
    }

    void readLongTarget(byte[] bytes) {
        target = LayerTar.text(bytes, 0, bytes.length);
    }

    /// @param bytes lines `<length> <key>=<value>`, where the length counts the whole line
    void readPax(byte[] bytes) throws MalformedLayerException {
        var at = 0;
        while (at < bytes.length) {
            var length = 0;
            var digit = at;
            while (digit < bytes.length && bytes[digit] >= '0' && bytes[digit] <= '9' && length <= bytes.length) {
                length = length * 10 + bytes[digit++] - '0';
            }
            var end = at + length;
            if (digit == at || length > bytes.length || end > bytes.length || end < digit + 2 || bytes[digit] != ' ') {
                throw new MalformedLayerException("a damaged extended header");
            }
            take(new String(bytes, digit + 1, end - digit - 2, UTF_8));
            at = end;
        }
    }

    private void take(String record) throws MalformedLayerException {
        var equals = record.indexOf('=');
        var value = record.substring(equals + 1);
        switch (record.substring(0, Math.max(0, equals))) {
            case "path" -> name = value;
            case "GNU.sparse.name" -> sparseName = value;
            case "linkpath" -> target = value;
            case "size" -> size = number(value);
            case "GNU.sparse.size", "GNU.sparse.realsize" -> sparseLength = number(value);
            default -> {} // times, owners, attributes
        }
    }

    private static long number(String digits) throws MalformedLayerException {
        if (digits.isEmpty() || digits.length() > 18 || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw LayerHeader.impossible();
        }
        return Long.parseLong(digits);
    }
}
