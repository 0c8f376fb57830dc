package dev.hostseed.cli.build;

import dev.hostseed.cli.Terminal;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.problem.ProblemText;
import dev.hostseed.core.source.ComposeInput;
import dev.hostseed.core.source.ComposeReader;
import dev.hostseed.core.source.FoundFiles;
import dev.hostseed.core.source.Reading;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The Compose files that a command is about, under Compose's own names, and how strictly they are read.
final class InputOptions {
    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "A Compose file; each is put over the ones before it. Unless said, those of COMPOSE_FILE, or "
                    + "compose.yaml and compose.override.yaml, or what else Compose looks for.")
    private List<Path> named = new ArrayList<>();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "The same, as Compose takes it.")
    private List<Path> files = new ArrayList<>();

    @Option(
            names = {"-p", "--project-name"},
            paramLabel = "NAME",
            description = "The project's name, whatever its files say.")
    private @Nullable String projectName;

    @Option(
            names = "--project-directory",
            paramLabel = "DIRECTORY",
            description = "Where relative paths start; the directory of the first FILE unless said.")
    private @Nullable Path projectDirectory;

    @Option(
            names = "--profile",
            paramLabel = "NAME",
            description = "Take the services of this profile too; '*' for all, may be given again.")
    private Set<String> profiles = new LinkedHashSet<>();

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description = "Variables, instead of those in .env; may be given again.")
    private List<Path> environmentFiles = new ArrayList<>();

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
    Optional<Host> read(ComposeInput input, Terminal terminal) {
        return switch (ComposeReader.read(input)) {
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

    /// What is read: as the command line says, else as the environment does, else as Compose looks for it.
    ComposeInput input() {
        var said = Stream.concat(files.stream(), named.stream()).toList();
        var environment = System.getenv();
        var directory = Optional.ofNullable(projectDirectory);
        var found = said.isEmpty()
                ? FoundFiles.of(directory.orElse(Path.of("")), environmentFiles, environment)
                : new FoundFiles(said, environmentFiles);
        return new ComposeInput(
                found.files(),
                directory,
                Optional.ofNullable(projectName),
                found.environmentFiles(),
                profiles,
                environment);
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
