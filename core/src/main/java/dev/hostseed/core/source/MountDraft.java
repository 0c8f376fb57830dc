package dev.hostseed.core.source;

import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import java.util.Optional;

/// A mount while it is read.
final class MountDraft {
    final Position at;

    /// Where its source is written.
    Position sourceAt;
    String type = "";
    String source = "";
    String target = "";
    boolean readOnly;
    boolean noCopy;
    boolean createHostPath = true;

    MountDraft(Position at) {
        this.at = at;
        this.sourceAt = at;
    }

    /// Adds the mount to `into`, or says why there is none.
    void complete(ServiceDraft into, Scope scope) {
        if (target.isEmpty()) {
            scope.report().error(at, "a mount without a target", "write where the container sees it");
            return;
        }
        Fields.made(target, at, scope, "write an absolute path in the container", Fields::target)
                .flatMap(path -> mount(path, scope))
                .ifPresent(mount -> into.mounts.add(new Located<>(at, mount)));
    }

    private Optional<Mount> mount(TargetPath path, Scope scope) {
        return switch (type) {
            case "volume" ->
                source.isEmpty()
                        ? Optional.of(new Mount.Anonymous(path, readOnly))
                        : Fields.made(
                                source,
                                sourceAt,
                                scope,
                                "write a path with / or ./, or the name of a volume",
                                s -> new Mount.Named(new ResourceName(s), path, readOnly, noCopy));
            case "bind" -> BindSources.bind(this, path, scope);
            case "tmpfs", "image", "npipe", "cluster" ->
                refuse(scope, "a mount of type '" + type + "' is not supported yet", "remove it");
            case "" -> refuse(scope, "a mount without a type", "write type: volume or type: bind");
            default -> refuse(scope, "'" + type + "' is not a type of mount", "write volume or bind");
        };
    }

    private Optional<Mount> refuse(Scope scope, String what, String remedy) {
        scope.report().error(at, what, remedy);
        return Optional.empty();
    }
}
