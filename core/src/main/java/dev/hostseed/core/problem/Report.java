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
import java.util.stream.Collectors;

/// Gathers the problems of one reading. An equal problem is kept once: what an alias repeats is wrong once.
public final class Report {
    /// Problems beyond this many tell nobody anything.
    private static final int LIMIT = 200;

    private final Gathered gathered;
    private final Code code;

    /// Without a problem so far.
    public Report() {
        this(new Gathered(), Code.L00);
    }

    private Report(Gathered gathered, Code code) {
        this.gathered = gathered;
        this.code = code;
    }

    private static final class Gathered {
        final LinkedHashSet<Problem> problems = new LinkedHashSet<>();
        final Map<Path, Source> sources = new HashMap<>();
        final Set<Position> closed = new HashSet<>();
        int dropped;
    }

    /// This report; what is told here is about the rule `code`.
    public Report as(Code code) {
        return new Report(gathered, code);
    }

    /// Makes excerpts of `file` possible.
    public void show(Path file, String text) {
        gathered.sources.put(file, new Source(text.lines().toList(), false));
    }

    /// Lets excerpts of `file`, which has variables, show names alone.
    public void showNames(Path file) {
        gathered.sources.computeIfPresent(file, (ignored, source) -> source.ofEnvironment());
    }

    /// Where the values of `file`, which is shown, start and end.
    public Marks marks(Path file) {
        var source = gathered.sources.get(file);
        return source == null ? new Marks() : source.marks;
    }

    /// Shows nobody the value that starts at `value`.
    public void conceal(Position value) {
        marks(value.file()).conceal(value);
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
        gathered.closed.add(at);
    }

    /// Whether further warnings would be dropped anyway.
    public boolean isFull() {
        return gathered.problems.size() >= LIMIT;
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
        return gathered.problems.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR);
    }

    /// By position; those of one place in the order in which they were found. If some were left out, the last one says
    /// so.
    public List<Problem> sorted() {
        var sorted = gathered.problems.stream()
                .sorted(Comparator.comparing(Problem::at))
                .map(this::shown)
                .collect(Collectors.toCollection(ArrayList::new));
        if (gathered.dropped > 0) {
            var message = new Problem.Message("there are more problems than these", "", "mend these first");
            sorted.add(new Problem(
                    Problem.Severity.INFO, Code.L00, sorted.getLast().at(), message, Excerpt.NONE));
        }
        return List.copyOf(sorted);
    }

    private void add(Problem.Severity severity, Position at, String what, String why, String remedy) {
        if (gathered.closed.contains(at)) {
            return;
        }
        if (!isFull() || (severity == Problem.Severity.ERROR && !hasErrors())) {
            gathered.problems.add(
                    new Problem(severity, code, at, new Problem.Message(what, why, remedy), Excerpt.NONE));
        } else {
            gathered.dropped++;
        }
    }

    /// With its excerpt. Made at the end, when it is known of every value whether it is secret.
    private Problem shown(Problem problem) {
        var at = problem.at();
        var source = gathered.sources.get(at.file());
        return source == null
                ? problem
                : new Problem(
                        problem.severity(),
                        problem.code(),
                        at,
                        source.isSecret(at) ? Secrecy.unquoted(problem.message()) : problem.message(),
                        source.excerpt(at));
    }
}
