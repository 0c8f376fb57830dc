package dev.hostseed.core.host;

import java.util.regex.Pattern;

/// The key of a network, a volume, a secret or a config in a Compose file.
///
/// @param value matches `[a-zA-Z0-9._-]+`, is neither `.` nor `..`, at most 128 characters
public record ResourceName(String value) implements Comparable<ResourceName> { // compareTo: by value
    private static final Pattern RULE = Pattern.compile("(?!\\.{1,2}$)[a-zA-Z0-9._-]{1,128}");

    public ResourceName {
        if (!RULE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a name of at most 128 letters, digits, and ._-: '" + value + "'");
        }
    }

    @Override
    public int compareTo(ResourceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
