package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.UsageException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.problem.Problem;
import dev.hostseed.core.scan.AllowFile;
import dev.hostseed.core.scan.Finding;
import dev.hostseed.core.scan.Search;
import dev.hostseed.core.scan.SecretReport;
import dev.hostseed.core.scan.Severity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// How images are searched for secrets that were left in them.
final class SecretOptions {
    /// Written as on the command line.
    enum Extent {
        changed,
        all,
        off
    }

    @Option(
            names = "--scan",
            paramLabel = "WHICH",
            description = "Which layers are searched for secrets: changed, those not known from the bundle before "
                    + "(unless said); all; or off, none, as the lock then says.")
    private Extent extent = Extent.changed;

    @Option(names = "--no-scan", description = "The same as --scan=off.")
    private boolean none;

    @Option(
            names = "--trust-base",
            paramLabel = "DIGEST",
            description = "Do not judge the layers of a base: DIGEST is that of an image in the bundle, or the diff id "
                    + "of the base's last layer; may be given again.")
    private List<String> trusted = new ArrayList<>();

    /// The search in images of the project in `directory`; nothing if its allow file has errors, which are told.
    Optional<Search> search(Path directory, boolean strict, Telling telling) throws IOException, UsageException {
        if (none || extent == Extent.off) {
            telling.terminal().say("images are not searched for secrets");
            return Optional.of(Search.OFF);
        }
        var today = LocalDate.now(ZoneOffset.UTC);
        var allowed = AllowFile.read(directory.resolve(AllowFile.NAME), today);
        telling.problems(strictly(allowed.problems(), strict));
        if (telling.verdict() != ExitCode.OK) {
            return Optional.empty();
        }
        return Optional.of(new Search(
                extent == Extent.all ? Search.Extent.ALL : Search.Extent.CHANGED,
                allowed,
                digests(),
                strict ? Severity.LOW : Severity.HIGH,
                report -> tell(report, allowed, today, strict, telling)));
    }

    private static void tell(SecretReport report, AllowFile allowed, LocalDate today, boolean strict, Telling telling) {
        telling.secrets(report, today);
        var used = report.allowed().stream().map(Finding::mark).collect(Collectors.toSet());
        telling.problems(strictly(allowed.unused(used), strict));
    }

    private static List<Problem> strictly(List<Problem> problems, boolean strict) {
        return strict ? problems.stream().map(Problem::strictly).toList() : problems;
    }

    private Set<Digest> digests() throws UsageException {
        var digests = new HashSet<Digest>();
        for (var text : trusted) {
            try {
                digests.add(new Digest(text));
            } catch (IllegalArgumentException wrong) {
                throw new UsageException("--trust-base: " + wrong.getMessage());
            }
        }
        return digests;
    }
}
