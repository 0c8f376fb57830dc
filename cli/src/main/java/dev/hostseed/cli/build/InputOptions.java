package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.UsageException;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.problem.Problem;
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
import picocli.CommandLine.Mixin;
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

    @Mixin
    private final HelpOption help = new HelpOption();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    boolean quiet() {
        return quiet.asked;
    }

    /// The host, a machine like this one, or nothing where the file has errors; its problems are told.
    Optional<Host> read(ComposeInput input, Telling telling) {
        return accepted(ComposeReader.read(input), telling);
    }

    /// The same for another kind of machine.
    Optional<Host> read(ComposeInput input, Platform platform, Telling telling) {
        return accepted(ComposeReader.read(input, platform), telling);
    }

    /// The host that was read, or nothing where the files have errors; their problems are told.
    Optional<Host> accepted(Reading reading, Telling telling) {
        return switch (reading) {
            case Reading.Rejected(var problems) -> {
                telling.problems(judged(problems));
                yield Optional.empty();
            }
            case Reading.Accepted(var host, var problems) -> {
                telling.problems(judged(problems));
                yield telling.verdict() == ExitCode.OK ? Optional.of(host) : Optional.empty();
            }
        };
    }

    private List<Problem> judged(List<Problem> problems) {
        return strict ? problems.stream().map(Problem::strictly).toList() : problems;
    }

    /// Whether the command line names Compose files.
    boolean namesFiles() {
        return !files.isEmpty() || !named.isEmpty();
    }

    /// The project's name, where the command line has one.
    Optional<ProjectName> projectName() throws UsageException {
        if (projectName == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new ProjectName(projectName));
        } catch (IllegalArgumentException wrong) {
            throw new UsageException("--project-name: " + wrong.getMessage());
        }
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
}
