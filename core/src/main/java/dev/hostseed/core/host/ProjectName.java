package dev.hostseed.core.host;

import java.util.regex.Pattern;

/// The name of a Compose project; prefixes everything that it owns on the host.
///
/// @param value matches `[a-z0-9][a-z0-9_-]*` (Compose Specification, "name"), at most 63 characters
public record ProjectName(String value) implements Comparable<ProjectName> { // compareTo: by value
    private static final Pattern RULE = Pattern.compile("[a-z0-9][a-z0-9_-]{0,62}");

    public ProjectName {
        if (!RULE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a project name: '" + value + "'");
        }
    }

    @Override
    public int compareTo(ProjectName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
