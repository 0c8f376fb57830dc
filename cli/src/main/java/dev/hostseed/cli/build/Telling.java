package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Failure;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.scan.SecretReport;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// How a command tells what came of it: as text while it works, or as one JSON document when it ends.
abstract sealed class Telling permits TextTelling, JsonTelling {
    private final List<Problem> problems = new ArrayList<>();

    /// What a command does, between the reading of its options and its exit code.
    interface Work {
        ExitCode run(Telling telling) throws Exception;
    }

    /// Does `work` and tells how it ended. Never throws.
    final int run(Work work) {
        try {
            var code = work.run(this);
            end(code);
            return code.code();
        } catch (Exception thrown) {
            var failure = Failure.of(thrown);
            fail(failure, thrown);
            return failure.code().code();
        }
    }

    /// Where progress and results go.
    abstract Terminal terminal();

    /// Tells what is wrong with the files that were read.
    final void problems(List<Problem> found) {
        problems.addAll(found);
        tell(found);
    }

    /// Tells what was found in images.
    ///
    /// @param today for the lines that would allow it
    abstract void secrets(SecretReport report, LocalDate today);

    final List<Problem> problems() {
        return List.copyOf(problems);
    }

    /// What the problems so far make of the command.
    final ExitCode verdict() {
        var errors = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.ERROR)
                .toList();
        return errors.isEmpty()
                ? ExitCode.OK
                : errors.stream().allMatch(error -> error.code().isPolicy()) ? ExitCode.POLICY : ExitCode.BAD_INPUT;
    }

    abstract void tell(List<Problem> found);

    /// Names something that was made, for programs.
    abstract void made(String what, Path path);

    /// Tells what was found, for programs.
    abstract void found(String what, Data data);

    abstract void end(ExitCode code);

    abstract void fail(Failure failure, Exception cause);
}
