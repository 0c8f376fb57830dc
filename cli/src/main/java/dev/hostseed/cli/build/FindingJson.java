package dev.hostseed.cli.build;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.scan.AllowFile;
import dev.hostseed.core.scan.Fate;
import dev.hostseed.core.scan.Finding;
import java.time.LocalDate;
import java.util.Locale;

/// A secret in an image for programs. Its form is told in `docs/reference/messages.md`: what stands there stays.
final class FindingJson {
    private FindingJson() {}

    /// @param severity of the problem that it is
    static Data.Mapping of(Finding finding, String severity, LocalDate today) {
        var text = FindingText.of(finding);
        return Data.mapping()
                .with("severity", severity)
                .with("code", Code.K06.toString())
                .with("what", text.what())
                .with("why", text.why())
                .with("remedy", text.remedy())
                .with("secret", secret(finding, today));
    }

    private static Data.Mapping secret(Finding finding, LocalDate today) {
        return Data.mapping()
                .with("rule", finding.rule().id())
                .with("severity", finding.severity().name().toLowerCase(Locale.ROOT))
                .with("images", Data.texts(finding.images()))
                .with("layer", finding.layer())
                .with("createdBy", finding.createdBy())
                .with("path", finding.path())
                .with("line", finding.line())
                .with("state", state(finding.fate()))
                .with("stateLayer", stateLayer(finding.fate()))
                .with("preview", finding.preview())
                .with("length", finding.length())
                .with("allow", AllowFile.line(finding, today));
    }

    private static String state(Fate fate) {
        return switch (fate) {
            case Fate.Present() -> "present";
            case Fate.Deleted ignored -> "deleted";
            case Fate.Overwritten ignored -> "overwritten";
        };
    }

    private static int stateLayer(Fate fate) {
        return switch (fate) {
            case Fate.Present() -> 0;
            case Fate.Deleted(var layer) -> layer;
            case Fate.Overwritten(var layer) -> layer;
        };
    }
}
