package dev.hostseed.core.build;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/// What `.dockerignore` says: of several patterns that match, the last one counts.
///
/// Rule: Docker, ".dockerignore files"; docker/cli and moby/patternmatcher where that page is silent.
final class IgnoreRules {
    private final List<IgnorePattern> patterns;

    private IgnoreRules(List<IgnorePattern> patterns) {
        this.patterns = List.copyOf(patterns);
    }

    /// @throws IllegalArgumentException if a line is no pattern
    static IgnoreRules read(String text) {
        var patterns = new ArrayList<IgnorePattern>();
        for (var line : (text.startsWith("\uFEFF") ? text.substring(1) : text).split("\n", -1)) {
            var written = line.strip();
            if (!line.startsWith("#") && !written.isEmpty()) {
                patterns.add(pattern(written));
            }
        }
        return new IgnoreRules(patterns);
    }

    /// These, and that `file` is kept.
    IgnoreRules keeping(String file) {
        var more = new ArrayList<>(patterns);
        more.add(IgnorePattern.of(clean(file).replace("\\", "\\\\"), true));
        return new IgnoreRules(more);
    }

    boolean hasExceptions() {
        return patterns.stream().anyMatch(IgnorePattern::isException);
    }

    /// Whether an exception may be about something in `directory`, though that is ignored itself.
    boolean mayKeepBelow(String directory) {
        return patterns.stream()
                .filter(IgnorePattern::isException)
                .anyMatch(pattern -> (pattern.text() + "/").startsWith(directory + "/"));
    }

    /// What the rules say of a file.
    ///
    /// @param matched for each pattern whether it is known to match, so that it matches all below too
    record Verdict(boolean ignored, List<Boolean> matched) {}

    /// @param parent of the directory that `path` is in; [#unknown] at the top
    Verdict judge(String path, Verdict parent) {
        var matched = new ArrayList<Boolean>();
        var ignored = false;
        for (var i = 0; i < patterns.size(); i++) {
            var pattern = patterns.get(i);
            var match = !parent.matched().isEmpty() && parent.matched().get(i);
            if (!match && pattern.isException() == ignored) {
                match = pattern.matches(path);
            }
            matched.add(match);
            if (match) {
                ignored = !pattern.isException();
            }
        }
        return new Verdict(ignored, matched);
    }

    /// Of what has no parent.
    static Verdict unknown() {
        return new Verdict(false, List.of());
    }

    /// Whether the file at `path` is ignored, by itself or with a directory that it is in.
    boolean ignores(String path) {
        var verdict = unknown();
        for (var end = path.indexOf('/'); end > 0; end = path.indexOf('/', end + 1)) {
            verdict = judge(path.substring(0, end), verdict);
        }
        return judge(path, verdict).ignored();
    }

    private static IgnorePattern pattern(String written) {
        var exception = written.startsWith("!");
        var bare = exception ? written.substring(1).strip() : written;
        var clean = bare.isEmpty() ? "/" : clean(bare);
        if (exception && clean.equals("/")) {
            throw new IllegalArgumentException("'" + written + "' is an exception of nothing");
        }
        return IgnorePattern.of(clean.length() > 1 && clean.startsWith("/") ? clean.substring(1) : clean, exception);
    }

    /// The shortest text for the same path. Rule: Go, `filepath.Clean`.
    private static String clean(String path) {
        var rooted = path.startsWith("/");
        var names = new ArrayDeque<String>();
        for (var name : path.split("/")) {
            if (name.equals("..") && !names.isEmpty() && !names.getLast().equals("..")) {
                names.removeLast();
            } else if (!name.isEmpty() && !name.equals(".") && !(name.equals("..") && rooted)) {
                names.add(name);
            }
        }
        var joined = String.join("/", names);
        return rooted ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
