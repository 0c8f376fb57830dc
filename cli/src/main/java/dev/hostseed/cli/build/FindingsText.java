package dev.hostseed.cli.build;

import dev.hostseed.cli.Terminal;
import dev.hostseed.core.data.Plural;
import dev.hostseed.core.scan.AllowFile;
import dev.hostseed.core.scan.Finding;
import dev.hostseed.core.scan.SecretReport;
import dev.hostseed.core.scan.Severity;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/// Secrets that were left in images, for people: a line for each, and one for all that are low.
final class FindingsText {
    private static final String BOLD = "\033[1m";
    private static final String DIM = "\033[2m";
    private static final String RED = "\033[1;31m";
    private static final String YELLOW = "\033[1;33m";
    private static final String PLAIN = "\033[0m";

    private final boolean coloured;
    private final LocalDate today;

    FindingsText(boolean coloured, LocalDate today) {
        this.coloured = coloured;
        this.today = today;
    }

    List<String> lines(SecretReport report) {
        var lines = new ArrayList<String>();
        for (var finding : report.refused()) {
            lines.add(line(finding, painted(RED, "error:")));
            lines.add(
                    painted(DIM, "      to let it stay, in " + AllowFile.NAME + ": " + AllowFile.line(finding, today)));
        }
        report.warned().stream()
                .filter(finding -> finding.severity() != Severity.LOW)
                .forEach(finding -> lines.add(line(finding, painted(YELLOW, "warning:"))));
        addAllowed(report.allowed(), lines);
        addLow(report, lines);
        report.strangers().stream()
                .sorted()
                .forEach(digest -> lines.add(painted(YELLOW, "warning:") + " --trust-base " + digest
                        + " is of no image here, nor of a layer"));
        return lines;
    }

    private void addAllowed(List<Finding> allowed, List<String> lines) {
        for (var finding : allowed) {
            lines.add(line(finding, "allowed:"));
        }
    }

    private static void addLow(SecretReport report, List<String> lines) {
        var low = report.warned().stream()
                .filter(finding -> finding.severity() == Severity.LOW)
                .toList();
        if (!low.isEmpty()) {
            lines.add("%s that nobody need fear, such as samples and the data of tests: %s%s (--json tells each)"
                    .formatted(
                            Plural.of(low.size(), "finding"),
                            Terminal.printable(FindingText.of(low.getFirst()).place()),
                            low.size() > 1 ? ", …" : ""));
        }
    }

    private String line(Finding finding, String severity) {
        var text = FindingText.of(finding);
        return painted(BOLD, Terminal.printable(text.place()) + ":")
                + " " + severity
                + " " + painted(BOLD, Terminal.printable(text.what()))
                + " — " + Terminal.printable(text.why())
                + (text.remedy().isEmpty() ? "" : " — " + text.remedy());
    }

    private String painted(String colour, String text) {
        return coloured ? colour + text + PLAIN : text;
    }
}
