package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Failure;
import dev.hostseed.cli.Terminal;
import dev.hostseed.cli.UsageException;
import dev.hostseed.core.problem.Code;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/// The door of the build side: commands for where the Compose file is.
@Command(
        name = "hostseed",
        subcommands = {CheckCommand.class, ConfigCommand.class, BuildCommand.class, BundleCommand.class},
        synopsisSubcommandLabel = "COMMAND")
public final class BuildMain {
    private BuildMain() {}

    public static void main(String[] words) {
        System.exit(run(words));
    }

    /// Does what `words` say, and returns the exit code. Never throws.
    public static int run(String... words) {
        var terminal = Terminal.ofThisProcess(false);
        return new CommandLine(new BuildMain())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler((wrong, rest) -> refuse(usage(wrong, words), wrong, terminal, words))
                .setExecutionExceptionHandler(
                        (thrown, command, result) -> Failure.of(thrown).tell(terminal, thrown))
                .execute(words);
    }

    private static int refuse(Failure failure, Exception cause, Terminal terminal, String... words) {
        var telling = List.of(words).contains("--json") ? new JsonTelling(terminal) : new TextTelling(terminal, false);
        telling.fail(failure, cause);
        return failure.code().code();
    }

    private static Failure usage(ParameterException wrong, String... words) {
        var command = wrong.getCommandLine();
        return command.getParent() == null
                ? Failure.of(new UsageException("'" + words[0] + "' is not a command"))
                : new Failure(
                        ExitCode.USAGE,
                        Code.X2,
                        wrong.getMessage() + "; '" + command.getCommandSpec().qualifiedName()
                                + " --help' tells what there is");
    }
}
