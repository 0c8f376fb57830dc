package dev.hostseed.core.problem;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gathers the problems of one reading. An equal problem is kept once: what an alias repeats is wrong once.
public final class Report {
    /// Problems beyond this many tell nobody anything.
    private static final int LIMIT = 200;

    private final LinkedHashSet<Problem> problems = new LinkedHashSet<>();
    private final Map<Path, List<String>> lines = new HashMap<>();
    private final Set<Position> closed = new HashSet<>();

    /// Without a problem so far.
    public Report() {}

    /// Makes excerpts of `file` possible.
    public void show(Path file, String text) {
        lines.put(file, text.lines().toList());
    }

    public void error(Position at, String what, String remedy) {
        error(at, what, "", remedy);
    }

    public void error(Position at, String what, String why, String remedy) {
        add(Problem.Severity.ERROR, at, what, why, remedy);
    }

    /// An error beside which nothing else at the same place matters.
    public void lastError(Position at, String what, String why, String remedy) {
        error(at, what, why, remedy);
        closed.add(at);
    }

    /// Whether further warnings would be dropped anyway.
    public boolean isFull() {
        return problems.size() >= LIMIT;
    }

    public void warn(Position at, String what, String remedy) {
        warn(at, what, "", remedy);
    }

    public void warn(Position at, String what, String why, String remedy) {
        add(Problem.Severity.WARNING, at, what, why, remedy);
    }

    public void info(Position at, String what, String remedy) {
        add(Problem.Severity.INFO, at, what, "", remedy);
    }

    public boolean hasErrors() {
        return problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    }

    /// By position; those of one place in the order in which they were found.
    public List<Problem> sorted() {
        var sorted = new ArrayList<>(problems);
        sorted.sort(Comparator.comparing(Problem::at));
        return List.copyOf(sorted);
    }

    private void add(Problem.Severity severity, Position at, String what, String why, String remedy) {
        if (closed.contains(at)) {
            return;
        }
        if (problems.size() < LIMIT || (severity == Problem.Severity.ERROR && !hasErrors())) {
            problems.add(new Problem(severity, at, what, why, remedy, excerpt(at)));
        }
    }

    private String excerpt(Position at) {
        var text = lines.getOrDefault(at.file(), List.of());
        return at.line() <= text.size() ? text.get(at.line() - 1) : "";
    }
}
