package dev.hostseed.systemd.unit;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The name of a unit, its type included.
///
/// @param value letters, digits and `:_.\-`, perhaps an instance after `@`, one of the types that hostseed writes at
/// the
/// end, at most 255 bytes
///
/// Rule: systemd.unit(5), "Description"; no templates.
public record UnitName(String value) implements Comparable<UnitName> { // compareTo: by value
    private static final Pattern RULE = Pattern.compile("[a-zA-Z0-9:_.\\\\-]+(@[a-z0-9-]+)?\\.(service|slice|target)");
    private static final int MAXIMUM_BYTES = 255;

    public UnitName {
        if (value.getBytes(StandardCharsets.UTF_8).length > MAXIMUM_BYTES
                || !RULE.matcher(value).matches()) {
            throw new IllegalArgumentException("not the name of a unit: '" + value + "'");
        }
    }

    @Override
    public int compareTo(UnitName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
