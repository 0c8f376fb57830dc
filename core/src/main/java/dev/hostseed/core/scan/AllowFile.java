package dev.hostseed.core.scan;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.problem.Report;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What may lie in an image although it looks like a secret, each with the reason: a text with a line
/// `MARK DATE REASON` for each, where `#` begins a comment.
///
/// @param entries by mark
/// @param problems what is wrong with the text; errors make it none
public record AllowFile(Map<String, Entry> entries, List<Problem> problems) {
    /// Its name beside the Compose file.
    public static final String NAME = ".hostseed-secrets-allow";

    /// What stands for the reason in the line that a report gives.
    static final String REASON = "<why>";

    /// No file: nothing is allowed.
    public static final AllowFile NONE = new AllowFile(Map.of(), List.of());

    private static final int MARK_LENGTH = 32;
    private static final long MAX_SIZE = 1 << 20; // bytes

    public AllowFile {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        problems = List.copyOf(problems);
    }

    /// @param mark of the finding
    /// @param date of the decision
    public record Entry(String mark, LocalDate date, String reason, Position at) {}

    /// The file at `place`, if there is one.
    ///
    /// @param today which no decision comes after
    public static AllowFile read(Path place, LocalDate today) throws IOException {
        if (!Files.exists(place)) {
            return NONE;
        }
        var report = new Report().as(Code.K06);
        var start = new Position(place, 1, 1);
        if (!Files.isRegularFile(place) || Files.size(place) > MAX_SIZE) {
            report.error(
                    start,
                    "not a regular file of at most 1 MiB",
                    "nothing else is read",
                    "write one line for each finding");
            return new AllowFile(Map.of(), report.sorted());
        }
        try {
            return parse(place, Files.readString(place), today);
        } catch (CharacterCodingException notText) {
            report.error(start, "the bytes are not UTF-8", "save it as UTF-8");
            return new AllowFile(Map.of(), report.sorted());
        }
    }

    static AllowFile parse(Path place, String text, LocalDate today) {
        var reader = new Reader(new Report().as(Code.K06), today);
        reader.report.show(place, text);
        var number = 1;
        for (var line : text.lines().toList()) {
            reader.read(line, new Position(place, number++, 1));
        }
        return new AllowFile(reader.entries, reader.report.sorted());
    }

    /// Warnings of the entries that are for nothing that was found.
    public List<Problem> unused(Set<String> used) {
        var report = new Report().as(Code.K06);
        entries.values().stream()
                .filter(entry -> !used.contains(entry.mark))
                .forEach(entry -> report.warn(
                        entry.at,
                        "nothing of the mark '" + entry.mark + "' was found",
                        "the layer was made anew, or the secret is gone",
                        "remove the line"));
        return report.sorted();
    }

    /// The line that would allow `finding`.
    public static String line(Finding finding, LocalDate today) {
        return finding.mark() + " " + today + " " + REASON;
    }

    private static final class Reader {
        final Map<String, Entry> entries = new LinkedHashMap<>();
        final Report report;
        final LocalDate today;

        Reader(Report report, LocalDate today) {
            this.report = report;
            this.today = today;
        }

        void read(String line, Position at) {
            if (line.isBlank() || line.startsWith("#")) {
                return;
            }
            var mark = line.split("\\s", 2)[0];
            var rest = line.substring(mark.length());
            var date = rest.strip().split("\\s", 2)[0];
            var dateAt = column(at, line, mark.length(), date);
            var reasonStart = line.indexOf(date, mark.length()) + date.length();
            var reason = line.substring(reasonStart).strip();
            if (!isMark(mark)) {
                report.error(
                        at,
                        "'" + mark + "' is not the mark of a finding",
                        "write its 32 hexadecimal digits, as the report gives them");
                return;
            }
            date(date, dateAt)
                    .filter(day -> isReason(reason, column(at, line, reasonStart, reason)))
                    .ifPresent(day -> add(new Entry(mark, day, reason, at)));
        }

        private void add(Entry entry) {
            if (entries.putIfAbsent(entry.mark, entry) != null) {
                report.error(entry.at, "the mark '" + entry.mark + "' is there twice", "keep one of the lines");
            }
        }

        private Optional<LocalDate> date(String text, Position at) {
            try {
                var date = LocalDate.parse(text);
                if (!date.isAfter(today)) {
                    return Optional.of(date);
                }
                report.error(at, "'" + text + "' is yet to come", "write the date of the decision");
            } catch (DateTimeParseException none) {
                report.error(
                        at,
                        text.isEmpty() ? "there is no date" : "'" + text + "' is not a date",
                        "nobody can tell when it was decided",
                        "write MARK DATE REASON, with a date as 2026-01-31");
            }
            return Optional.empty();
        }

        private boolean isReason(String reason, Position at) {
            if (!reason.isEmpty() && !reason.equals(REASON)) {
                return true;
            }
            report.error(
                    at, "there is no reason", "nobody can tell whether it still holds", "write why it may be there");
            return false;
        }

        private static boolean isMark(String text) {
            return text.length() == MARK_LENGTH
                    && text.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        }

        private static Position column(Position line, String text, int from, String word) {
            var found = word.isEmpty() ? text.length() : text.indexOf(word, from);
            return new Position(line.file(), line.line(), text.codePointCount(0, found) + 1);
        }
    }
}
