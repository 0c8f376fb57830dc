package dev.hostseed.core.data;

import java.util.Locale;

/// Numbers as people read them.
public final class Plural {
    private Plural() {}

    /// `1 image`, `2 images`.
    public static String of(long count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }

    /// `98.2 MB`: powers of a thousand, one decimal.
    public static String ofBytes(long bytes) {
        if (bytes < 1000) {
            return bytes + " B";
        }
        var value = bytes / 1000.0;
        var units = "kMGTPE";
        var unit = 0;
        while (value >= 999.95 && unit < units.length() - 1) {
            value /= 1000;
            unit++;
        }
        return String.format(Locale.ROOT, "%.1f %sB", value, units.charAt(unit));
    }
}
