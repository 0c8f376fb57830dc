package dev.hostseed.core.scan;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Which files a rule is about: `etc/ssh/ssh_host_*_key`, `**/.npmrc`, `run/secrets/**`. A component has one `*` at
/// most;
/// `**` stands for any directories at the beginning, and for anything below at the end.
///
/// @param globs of which one must match
record PathPattern(List<Glob> globs) {
    PathPattern {
        globs = List.copyOf(globs);
    }

    static PathPattern of(String... globs) {
        return new PathPattern(List.of(globs).stream().map(Glob::of).toList());
    }

    /// @param isAnywhere whether it may begin in any directory
    /// @param isBelow whether it is about what is below
    record Glob(List<String> components, boolean isAnywhere, boolean isBelow) {
        static Glob of(String written) {
            var isAnywhere = written.startsWith("**/");
            var isBelow = written.endsWith("/**");
            var middle = written.substring(isAnywhere ? 3 : 0, written.length() - (isBelow ? 3 : 0));
            return new Glob(List.of(middle.split("/")), isAnywhere, isBelow);
        }

        /// The file's name, if there is but one.
        boolean hasName() {
            return !isBelow && !components.getLast().contains("*");
        }

        /// The longest text that is in every path that matches.
        String hint() {
            return components.stream()
                    .flatMap(component -> Stream.of(component.split("\\*")))
                    .max(Comparator.comparingInt(String::length))
                    .orElse("");
        }

        boolean matches(String path) {
            var parts = path.split("/");
            var first = isAnywhere && !isBelow ? parts.length - components.size() : 0;
            var last = isAnywhere ? parts.length - components.size() - (isBelow ? 1 : 0) : 0;
            var isLong = isBelow ? parts.length > components.size() : parts.length >= components.size();
            for (var i = first; isLong && i >= 0 && i <= last; i++) {
                if (matchesAt(parts, i) && (isBelow || i + components.size() == parts.length)) {
                    return true;
                }
            }
            return false;
        }

        private boolean matchesAt(String[] parts, int at) {
            for (var i = 0; i < components.size(); i++) {
                if (!matches(components.get(i), parts[at + i])) {
                    return false;
                }
            }
            return true;
        }

        private static boolean matches(String component, String part) {
            var star = component.indexOf('*');
            return star < 0
                    ? component.equals(part)
                    : part.length() >= component.length() - 1
                            && part.startsWith(component.substring(0, star))
                            && part.endsWith(component.substring(star + 1));
        }
    }
}
