package dev.hostseed.core.canonical;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import dev.hostseed.core.yaml.Node;
import java.util.List;

/// The options of a mount in the short form, as keys of the long one.
///
/// Rule: Compose Specification, "volumes", short syntax; what compose-go passes over is refused.
final class MountOptions {
    private final Position at;
    private final boolean bind;
    private final Report report;
    private Node.Mapping keys;
    private Node.Mapping own;

    /// @param bind whether it is one, and no volume
    MountOptions(Position at, boolean bind, Report report) {
        this.at = at;
        this.bind = bind;
        this.report = report;
        this.keys = Node.Mapping.of(at, List.of());
        this.own = bind ? keys.with("create_host_path", text("true")) : keys;
    }

    void take(String option) {
        switch (option) {
            case "ro" -> keys = keys.with("read_only", text("true"));
            case "rw" -> keys = keys.without("read_only");
            case "nocopy" -> own(!bind, "nocopy", "true", option);
            case "z", "Z" -> own(bind, "selinux", option, option);
            case "shared", "rshared", "slave", "rslave", "private", "rprivate" ->
                own(bind, "propagation", option, option);
            case "cached", "delegated", "consistent" -> // of Docker Desktop
                report.as(Code.L07).info(at, "the option '" + option + "' has no effect on Linux", "remove it");
            default ->
                report.as(Code.L02)
                        .error(at, "unknown option '" + option + "'", "write ro, rw, nocopy or a propagation");
        }
    }

    private void own(boolean fits, String key, String value, String option) {
        if (fits) {
            own = own.with(key, text(value));
        } else {
            report.as(Code.L07)
                    .warn(
                            at,
                            "the option '" + option + "' has no effect here",
                            bind ? "it is for volumes" : "it is for a path of the host",
                            "remove it");
        }
    }

    /// `mount` with what was taken.
    Node.Mapping into(Node.Mapping mount) {
        var with = mount;
        for (var entry : keys.entries()) {
            with = with.with(entry.key().text(), entry.value());
        }
        return with.with(bind ? "bind" : "volume", own);
    }

    private Node.Scalar text(String text) {
        return new Node.Scalar(at, text, !text.equals("z") && !text.equals("Z"));
    }
}
