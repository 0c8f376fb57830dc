package dev.hostseed.core.host;

import java.util.regex.Pattern;

/// The name under which the Engine knows a container, a network or a volume.
///
/// @param value matches `[a-zA-Z0-9][a-zA-Z0-9_.-]+` and cannot be taken for an id of 64 hexadecimal digits
public record EngineName(String value) implements Comparable<EngineName> { // compareTo: by value
    private static final Pattern RULE = Pattern.compile("(?![0-9a-f]{64}$)[a-zA-Z0-9][a-zA-Z0-9_.-]{1,254}");

    public EngineName {
        if (!RULE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a name that the Docker Engine accepts: '" + value + "'");
        }
    }

    @Override
    public int compareTo(EngineName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
