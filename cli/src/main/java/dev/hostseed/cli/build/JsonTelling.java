package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Failure;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.scan.SecretReport;
import dev.hostseed.core.scan.Severity;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// For programs: one JSON document on standard output, however the command ends.
final class JsonTelling extends Telling {
    private final Terminal terminal;
    private final List<Data> secrets = new ArrayList<>();
    private Data.Mapping result = Data.mapping();

    JsonTelling(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    Terminal terminal() {
        var nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Terminal(nowhere, terminal.err(), terminal.interactive(), terminal.quiet());
    }

    @Override
    void tell(List<Problem> found) {
        // At the end.
    }

    @Override
    void secrets(SecretReport report, LocalDate today) {
        report.refused().forEach(finding -> secrets.add(FindingJson.of(finding, "error", today)));
        report.warned()
                .forEach(finding -> secrets.add(
                        FindingJson.of(finding, finding.severity() == Severity.LOW ? "info" : "warning", today)));
        report.allowed().forEach(finding -> secrets.add(FindingJson.of(finding, "info", today)));
    }

    @Override
    void made(String what, Path path) {
        result = result.with(what, path.toString());
    }

    @Override
    void found(String what, Data data) {
        result = result.with(what, data);
    }

    @Override
    void end(ExitCode code) {
        print(code, Optional.empty());
    }

    @Override
    void fail(Failure failure, Exception cause) {
        print(failure.code(), Optional.of(failure));
    }

    private void print(ExitCode code, Optional<Failure> failure) {
        var told = new ArrayList<Data>(problems().stream().map(ProblemJson::of).toList());
        told.addAll(secrets);
        failure.map(ProblemJson::of).ifPresent(told::add);
        var document = Data.mapping()
                .with("format", 1)
                .with("exit", code.code())
                .with("meaning", code.meaning())
                .with("problems", new Data.Sequence(told))
                .with("result", result);
        terminal.out().println(new String(Json.pretty(document), StandardCharsets.UTF_8).strip());
        terminal.out().flush();
    }
}
