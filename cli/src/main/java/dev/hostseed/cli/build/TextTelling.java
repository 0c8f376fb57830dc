package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Failure;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.problem.ProblemText;
import dev.hostseed.core.scan.SecretReport;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/// For people: each problem with the lines that it is about, and at the end of them how many there are.
final class TextTelling extends Telling {
    private final Terminal terminal;
    private final boolean coloured;

    TextTelling(Terminal terminal, boolean coloured) {
        this.terminal = terminal;
        this.coloured = coloured;
    }

    @Override
    Terminal terminal() {
        return terminal;
    }

    @Override
    void tell(List<Problem> found) {
        for (var problem : found) {
            if (!terminal.quiet() || problem.severity() != Problem.Severity.INFO) {
                terminal.err().print(ProblemText.of(problem, coloured));
            }
        }
        var summary = ProblemText.summary(found);
        if (!summary.isEmpty()) {
            terminal.err().println(summary);
        }
    }

    @Override
    void secrets(SecretReport report, LocalDate today) {
        new FindingsText(coloured, today).lines(report).forEach(terminal.err()::println);
    }

    @Override
    void made(String what, Path path) {
        // A person was told already.
    }

    @Override
    void found(String what, Data data) {
        // People see it another way.
    }

    @Override
    void end(ExitCode code) {
        // All is said.
    }

    @Override
    void fail(Failure failure, Exception cause) {
        failure.tell(terminal, cause);
    }
}
