package dev.hostseed.cli.build;

import dev.hostseed.core.scan.Fate;
import dev.hostseed.core.scan.Finding;
import dev.hostseed.core.scan.Severity;

/// The words for a secret that was left in an image. None has its value.
///
/// @param place image, layer, path and line
/// @param why it matters that it is there
record FindingText(String place, String what, String why, String remedy) {
    static FindingText of(Finding finding) {
        return new FindingText(place(finding), what(finding), why(finding), remedy(finding));
    }

    private static String place(Finding finding) {
        return String.join(", ", finding.images())
                + (finding.layer() > 0 ? " layer " + finding.layer() : "")
                + " " + finding.path()
                + (finding.line() > 0 ? ":" + finding.line() : "");
    }

    private static String what(Finding finding) {
        var length = finding.length() == 0 ? "" : ", " + finding.length() + " characters";
        var begin = finding.preview().isEmpty() ? "" : " '" + finding.preview() + "…'";
        return finding.rule().what() + " (" + finding.rule().id() + begin + length + ")";
    }

    private static String why(Finding finding) {
        if (finding.layer() == 0) {
            return "whoever has the image can read it there";
        }
        var made = finding.createdBy().isEmpty() ? "" : " (" + finding.createdBy() + ")";
        var layer = "layer " + finding.layer() + made;
        return switch (finding.fate()) {
            case Fate.Present() -> "in " + layer + "; anyone with the bundle can read it";
            case Fate.Deleted(var by) ->
                "deleted by layer " + by + ", but still in " + layer + "; anyone with the bundle can read it";
            case Fate.Overwritten(var by) ->
                "overwritten by layer " + by + ", but still in " + layer + "; anyone with the bundle can read it";
        };
    }

    private static String remedy(Finding finding) {
        if (finding.severity() == Severity.LOW) {
            return "";
        }
        return finding.layer() == 0
                ? "rebuild without it: a build reads secrets by RUN --mount=type=secret, a container by 'secrets:'; then revoke it"
                : "rebuild with RUN --mount=type=secret or type=ssh, or grant it by 'secrets:', then revoke it";
    }
}
