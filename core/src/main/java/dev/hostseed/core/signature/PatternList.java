package dev.hostseed.core.signature;

/// Lists of patterns with `*` and `?`, and with `!` before those that exclude.
///
/// Rule: ssh_config(5), "PATTERNS".
final class PatternList {
    private PatternList() {}

    /// Whether one of `patterns`, between commas, fits `text`, and none that excludes.
    static boolean matches(String text, String patterns) {
        var found = false;
        for (var pattern : patterns.split(",", -1)) {
            if (pattern.startsWith("!")) {
                if (fits(text, pattern.substring(1))) {
                    return false;
                }
            } else {
                found |= fits(text, pattern);
            }
        }
        return found;
    }

    /// In a time that grows with the product of both lengths: only the last `*` is ever gone back to.
    private static boolean fits(String text, String pattern) {
        var t = 0;
        var p = 0;
        var star = -1;
        var from = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                from = t;
            } else if (p < pattern.length() && (pattern.charAt(p) == '?' || pattern.charAt(p) == text.charAt(t))) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++from;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }
}
