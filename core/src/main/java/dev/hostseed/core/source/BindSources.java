package dev.hostseed.core.source;

import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.problem.Code;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/// What a bind mount shows to a container: a path of the host, or what travels of the project.
final class BindSources {
    private static final String ENGINE = "whoever may write to the Engine's socket is root on the host";
    private static final String SYSTEM = "what the container changes there changes the host";

    /// What gives a container power over the host.
    private static final Map<String, String> RISKY = Map.of(
            "/etc", SYSTEM,
            "/proc", SYSTEM,
            "/sys", SYSTEM,
            "/dev", "the container reaches the devices of the host",
            "/run", ENGINE,
            "/var/run", ENGINE,
            "/run/docker.sock", ENGINE,
            "/var/run/docker.sock", ENGINE);

    private BindSources() {}

    static Optional<Mount> bind(MountDraft draft, TargetPath target, Scope scope) {
        if (draft.source.isEmpty() || draft.source.startsWith("~")) {
            return refuse(
                    draft, scope, "'" + draft.source + "' is no path that a host could know", "start it with / or ./");
        }
        return draft.source.startsWith("/") ? ofHost(draft, target, scope) : ofProject(draft, target, scope);
    }

    private static Optional<Mount> ofHost(MountDraft draft, TargetPath target, Scope scope) {
        if (draft.source.chars().allMatch(c -> c == '/')) {
            return refuse(draft, scope, "a bind of '/' is not supported yet", "bind the directories that it needs");
        }
        return Fields.made(
                        draft.source,
                        draft.sourceAt,
                        scope,
                        "write an absolute, printable path without . and ..",
                        Fields::target)
                .map(source -> {
                    warnIfRisky(source, draft, scope);
                    return new Mount.Bind(source, target, draft.readOnly, draft.createHostPath, draft.options());
                });
    }

    private static void warnIfRisky(TargetPath source, MountDraft draft, Scope scope) {
        var risk = RISKY.get(source.value());
        if (risk != null) {
            scope.report()
                    .as(Code.P02)
                    .warn(
                            draft.sourceAt,
                            "a bind of '" + source + "'",
                            risk,
                            "bind only what the container needs of it");
        }
    }

    private static Optional<Mount> ofProject(MountDraft draft, TargetPath target, Scope scope) {
        try {
            var path = scope.directory().normal(draft.source);
            if (!scope.directory().holds(draft.source)) {
                return refuse(
                        draft,
                        scope,
                        "'" + draft.source + "' is outside of the project directory",
                        "keep what the container needs below the Compose file");
            }
            if (scope.directory().bake(path, draft.sourceAt, scope.report())) {
                return Optional.of(new Mount.ProjectBind(path, target, draft.readOnly, draft.options()));
            }
            scope.report()
                    .as(Code.P03)
                    .error(
                            draft.sourceAt,
                            "there is no '" + draft.source + "' in the project directory",
                            "Compose would make an empty directory, but a seed carries files only",
                            "create it with what the container needs, or use a volume");
            return Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return refuse(draft, scope, String.valueOf(wrong.getMessage()), "keep there what the container needs only");
        } catch (IOException unreadable) {
            var what = "'" + draft.source + "' cannot be read: " + unreadable.getMessage();
            return refuse(draft, scope, what, "make it readable");
        }
    }

    private static Optional<Mount> refuse(MountDraft draft, Scope scope, String what, String remedy) {
        scope.report().error(draft.sourceAt, what, remedy);
        return Optional.empty();
    }
}
