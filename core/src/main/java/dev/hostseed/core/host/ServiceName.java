package dev.hostseed.core.host;

import java.util.regex.Pattern;

/// The key of a service in a Compose file.
///
/// @param value matches `[a-zA-Z0-9._-]+` (Compose Specification, "services"), is neither `.` nor `..`, at most 128
/// characters
public record ServiceName(String value) implements Comparable<ServiceName> { // compareTo: by value
    private static final Pattern RULE = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,128}");

    public ServiceName {
        if (!isOne(value)) {
            throw new IllegalArgumentException("not a service name: '" + value + "'");
        }
    }

    /// Whether a service can be called so.
    public static boolean isOne(String value) {
        return RULE.matcher(value).matches();
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
