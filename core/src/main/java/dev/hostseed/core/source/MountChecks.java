package dev.hostseed.core.source;

import dev.hostseed.core.problem.Report;

/// Rules between the parts of one mount.
final class MountChecks {
    private MountChecks() {}

    static void run(MountDraft mount, Scope scope) {
        otherTypes(mount, scope.report());
        label(mount, scope.report());
        recursion(mount, scope.report());
    }

    /// Compose passes over what is said of another type.
    private static void otherTypes(MountDraft mount, Report report) {
        mount.sections.forEach((type, at) -> {
            if (!type.equals(mount.type)) {
                report.warn(at, "'" + type + "' of a mount of type '" + mount.type + "', ignoring", "remove it");
            }
        });
    }

    /// The Engine labels only what is written as one text, which has room for the label and a propagation.
    private static void label(MountDraft mount, Report report) {
        var other = !mount.createHostPath
                || mount.has("bind", "NonRecursive")
                || mount.has("bind", "ReadOnlyNonRecursive")
                || mount.has("bind", "ReadOnlyForceRecursive");
        if (!mount.label.isEmpty() && (other || mount.source.indexOf(':') >= 0 || mount.target.indexOf(':') >= 0)) {
            report.error(
                    mount.at,
                    "a label for SELinux beside what the Engine cannot have with it",
                    "it knows no create_host_path, recursive or colons there",
                    "remove one of them, or label the files with chcon");
        }
    }

    /// Rule: moby, `volume/mounts`.
    private static void recursion(MountDraft mount, Report report) {
        if (mount.readOnly) {
            return;
        }
        if (mount.has("bind", "ReadOnlyForceRecursive") || mount.has("bind", "ReadOnlyNonRecursive")) {
            report.error(mount.at, "'recursive' says how a mount is read-only that is not", "write read_only: true");
        }
    }
}
