package dev.hostseed.core.notation;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/// Amounts of memory such as `512m`, `1.5gb` or `1024`. Rule: Compose Specification, "Specifying byte values"; the
/// units
/// are powers of 1024.
public final class ByteSizes {
    private static final Pattern RULE = Pattern.compile("(\\d{1,18}(?:\\.\\d{1,9})?) ?([kmgtp]?)(?:i?b)?");
    private static final String UNITS = "kmgtp";

    private ByteSizes() {}

    /// @return in bytes
    /// @throws IllegalArgumentException if `text` is none, or 2^63 bytes or more
    public static long parse(String text) {
        var size = RULE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not an amount of memory");
        }
        var unit = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
        if (unit == 0 && size.group(1).indexOf('.') >= 0) {
            throw new IllegalArgumentException("'" + text + "' is a part of a byte");
        }
        var bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * unit)));
        if (bytes.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is more than any machine has");
        }
        return bytes.longValue();
    }
}
