package dev.hostseed.core.scan;

import java.util.List;

/// Which files a rule is about: `etc/ssh/ssh_host_*_key`, `**/.npmrc`, `run/secrets/**`. A component has one `*` at
/// most, and none if `**` follows; `**` stands for any directories at the beginning, and for anything below at the end.
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

        /// A text that is in every path that matches.
        String hint() {
            return isBelow ? String.join("/", components) + "/" : "";
        }

        /// @param path normal, of any length
        boolean matches(String path) {
            if (isBelow) {
                return isAnywhere ? ("/" + path).contains("/" + hint()) : path.startsWith(hint());
            }
            var end = path.length();
            for (var component : components.reversed()) {
                var start = path.lastIndexOf('/', end - 1) + 1;
                if (end < 0 || !matches(component, path, start, end)) {
                    return false;
                }
                end = start - 1;
            }
            return isAnywhere || end < 0;
        }

        private static boolean matches(String component, String path, int start, int end) {
            var star = component.indexOf('*');
            if (star < 0) {
                return end - start == component.length() && path.startsWith(component, start);
            }
            var after = component.length() - star - 1;
            return end - start >= star + after
                    && path.regionMatches(start, component, 0, star)
                    && path.regionMatches(end - after, component, star + 1, after);
        }
    }
}
