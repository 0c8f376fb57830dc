package dev.hostseed.cli.build;

import dev.hostseed.cli.Terminal;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.Problem;
import dev.hostseed.core.source.ProblemText;
import dev.hostseed.core.source.Reading;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The Compose file that a command is about, and how strictly it is read.
final class InputOptions {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The Compose file; ${DEFAULT-VALUE} unless said.")
    Path file = Path.of("compose.yaml");

    @Option(names = "--strict", description = "Take every warning for an error.")
    boolean strict;

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but what is wrong.")
    boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Tell this, and exit.")
    boolean help;

    Terminal terminal() {
        return Terminal.ofThisProcess(quiet);
    }

    /// The host, or nothing where the file has errors; its problems are printed.
    Optional<Host> read(Terminal terminal) {
        return switch (ComposeReader.read(file, System.getenv())) {
            case Reading.Rejected(var problems) -> {
                print(problems, terminal);
                yield Optional.empty();
            }
            case Reading.Accepted(var host, var problems) -> {
                var judged =
                        strict ? problems.stream().map(InputOptions::strictly).toList() : problems;
                print(judged, terminal);
                yield judged.stream().anyMatch(p -> p.severity() == Problem.Severity.ERROR)
                        ? Optional.empty()
                        : Optional.of(host);
            }
        };
    }

    private static Problem strictly(Problem problem) {
        return problem.severity() == Problem.Severity.WARNING
                ? new Problem(
                        Problem.Severity.ERROR,
                        problem.at(),
                        problem.what(),
                        problem.why(),
                        problem.remedy(),
                        problem.excerpt())
                : problem;
    }

    private void print(List<Problem> problems, Terminal terminal) {
        for (var problem : problems) {
            if (!quiet || problem.severity() != Problem.Severity.INFO) {
                terminal.err().print(ProblemText.of(problem));
            }
        }
    }
}
