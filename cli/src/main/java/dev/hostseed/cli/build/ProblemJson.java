package dev.hostseed.cli.build;

import dev.hostseed.cli.Failure;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Excerpt;
import dev.hostseed.core.problem.Problem;
import java.util.Locale;

/// A problem for programs. Its form is told in `docs/reference/messages.md`: what stands there stays.
final class ProblemJson {
    private ProblemJson() {}

    static Data.Mapping of(Problem problem) {
        var at = problem.at();
        return head(problem.severity().name().toLowerCase(Locale.ROOT), problem.code())
                .with("what", problem.what())
                .with("why", problem.why())
                .with("remedy", problem.remedy())
                .with("file", at.file().toString())
                .with("line", at.line())
                .with("column", at.column())
                .with("endColumn", Math.max(at.column() + 1, problem.excerpt().end()))
                .with(
                        "excerpt",
                        new Data.Sequence(problem.excerpt().lines().stream()
                                .<Data>map(ProblemJson::line)
                                .toList()));
    }

    /// What ended the command, which is in no file of the author's.
    static Data.Mapping of(Failure failure) {
        return head("error", failure.rule())
                .with("what", failure.what())
                .with("why", "")
                .with("remedy", "");
    }

    private static Data.Mapping head(String severity, Code code) {
        return Data.mapping().with("severity", severity).with("code", code.toString());
    }

    private static Data.Mapping line(Excerpt.Line line) {
        return Data.mapping()
                .with("line", line.number())
                .with("column", line.from())
                .with("text", line.text());
    }
}
