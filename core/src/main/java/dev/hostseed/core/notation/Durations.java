package dev.hostseed.core.notation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

/// Durations such as `1m30s`, `1.5h` or `500ms`. Rule: Compose Specification, "Specifying durations".
public final class Durations {
    private record Unit(String name, long nanos) {}

    /// A name comes before those that it starts with.
    private static final List<Unit> UNITS = List.of(
            new Unit("us", 1_000),
            new Unit("µs", 1_000),
            new Unit("ms", 1_000_000),
            new Unit("ns", 1),
            new Unit("s", 1_000_000_000L),
            new Unit("m", 60_000_000_000L),
            new Unit("h", 3_600_000_000_000L),
            new Unit("d", 86_400_000_000_000L),
            new Unit("w", 604_800_000_000_000L));

    private Durations() {}

    /// @throws IllegalArgumentException if `text` is none, or longer than a hundred years
    public static Duration parse(String text) {
        var total = BigDecimal.ZERO;
        var at = 0;
        if (text.isEmpty() || text.length() > 64) {
            throw new IllegalArgumentException("'" + text + "' is not a duration");
        }
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        while (at < text.length()) {
            var end = at;
            while (end < text.length() && (text.charAt(end) == '.' || isDigit(text.charAt(end)))) {
                end++;
            }
            var unit = unit(text, end);
            total = total.add(number(text, at, end).multiply(BigDecimal.valueOf(unit.nanos())));
            at = end + unit.name().length();
        }
        if (total.compareTo(BigDecimal.valueOf(100 * 365 * 86_400_000_000_000L)) > 0) {
            throw new IllegalArgumentException("'" + text + "' is longer than a hundred years");
        }
        return Duration.ofNanos(total.longValue());
    }

    /// Whole seconds, a part of one counted as one.
    public static long seconds(Duration duration) {
        return duration.plusNanos(999_999_999).toSeconds();
    }

    /// As Go writes it: `1m30s`, `1h0m0s`, `1.5s`, `500ms`.
    public static String text(Duration duration) {
        var nanos = duration.toNanos();
        if (nanos < 1_000_000_000L) {
            return nanos == 0
                    ? "0s"
                    : nanos < 1_000
                            ? nanos + "ns"
                            : nanos < 1_000_000 ? decimal(nanos, 3) + "µs" : decimal(nanos, 6) + "ms";
        }
        var seconds = decimal(nanos % 60_000_000_000L, 9) + "s";
        return nanos < 60_000_000_000L
                ? seconds
                : (duration.toHours() == 0 ? "" : duration.toHours() + "h") + duration.toMinutesPart() + "m" + seconds;
    }

    private static String decimal(long number, int places) {
        var decimal = BigDecimal.valueOf(number, places).stripTrailingZeros();
        return decimal.signum() == 0 ? "0" : decimal.toPlainString();
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static Unit unit(String text, int at) {
        return UNITS.stream()
                .filter(u -> text.startsWith(u.name(), at))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not a duration"));
    }

    private static BigDecimal number(String text, int from, int to) {
        try {
            return new BigDecimal(text.substring(from, to));
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException("'" + text + "' is not a duration", none);
        }
    }
}
