package dev.hostseed.core.scan;

import dev.hostseed.core.scan.PathPattern.Glob;
import dev.hostseed.core.scan.PathRules.PathRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Rules by the names of their files, since nearly no file has one.
final class PathIndex {
    private final Map<String, List<Candidate>> byName = new HashMap<>();
    private final List<Candidate> others = new ArrayList<>();

    private record Candidate(PathRule rule, Glob glob, String hint) {}

    PathIndex(List<PathRule> rules) {
        for (var rule : rules) {
            for (var glob : rule.file().globs()) {
                var list = glob.hasName()
                        ? byName.computeIfAbsent(glob.components().getLast(), ignored -> new ArrayList<>())
                        : others;
                list.add(new Candidate(rule, glob, glob.hint()));
            }
        }
    }

    Optional<PathRule> find(String path) {
        for (var candidate : byName.getOrDefault(path.substring(path.lastIndexOf('/') + 1), List.of())) {
            if (candidate.glob.matches(path)) {
                return Optional.of(candidate.rule);
            }
        }
        for (var candidate : others) {
            if (path.contains(candidate.hint) && candidate.glob.matches(path) && !isHarmless(path)) {
                return Optional.of(candidate.rule);
            }
        }
        return Optional.empty();
    }

    /// The public half of a key, or the pattern of a file that is to be filled in.
    private static boolean isHarmless(String path) {
        var lower = path.toLowerCase(Locale.ROOT);
        return List.of(".pub", "-cert.pub", ".example", ".sample", ".template", ".tmpl", ".dist", ".defaults", ".md")
                .stream()
                .anyMatch(lower::endsWith);
    }
}
