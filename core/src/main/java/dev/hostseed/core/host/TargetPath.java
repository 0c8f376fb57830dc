package dev.hostseed.core.host;

import java.nio.file.Path;
import java.util.regex.Pattern;

/// An absolute path on the host being built. A [Path] is a file where hostseed runs; the compiler keeps the two apart,
/// so asking whether a target path exists here is not a bug but a type error.
///
/// @param value starts with `/`; has no empty, `.` or `..` element and no NUL; at most 4095 bytes of UTF-8
public record TargetPath(String value) implements Comparable<TargetPath> { // compareTo: by value
    private static final Pattern RULE = Pattern.compile("(/(?!\\.{1,2}(/|$))[^/\\x00]+)+");

    public TargetPath {
        if (value.length() > 4095 || !RULE.matcher(value).matches()) {
            throw new IllegalArgumentException("not an absolute, normal path: '" + value + "'");
        }
    }

    /// The path of `name` below this one.
    ///
    /// @param name one element or several, separated by `/`
    public TargetPath resolve(String name) {
        return new TargetPath(value + "/" + name);
    }

    /// The file that stands for this path in the tree at `root`, on whatever file system `root` lives.
    public Path under(Path root) {
        return root.resolve(value.substring(1)); // a string, because Paths of two file systems do not mix
    }

    @Override
    public int compareTo(TargetPath other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
