package dev.hostseed.core.host;

import java.util.regex.Pattern;

/// The name of the host, one label of RFC 1123.
///
/// @param value lower case letters, digits and inner hyphens, at most 63
public record HostName(String value) implements Comparable<HostName> { // compareTo: by value
    private static final Pattern RULE = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public HostName {
        if (!RULE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a host name: '" + value + "'");
        }
    }

    @Override
    public int compareTo(HostName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
