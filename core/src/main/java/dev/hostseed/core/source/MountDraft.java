package dev.hostseed.core.source;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A mount while it is read.
final class MountDraft {
    final Position at;

    /// Where its source is written.
    Position sourceAt;
    String type = "";
    String source = "";
    String target = "";
    boolean readOnly;
    boolean createHostPath = true;

    /// For SELinux: `z`, `Z` or nothing.
    String label = "";

    /// Where the options of each type are written.
    final Map<String, Position> sections = new TreeMap<>();

    /// The Engine's own options, by type.
    private final Map<String, TreeMap<String, Data>> options = new TreeMap<>();

    MountDraft(Position at) {
        this.at = at;
        this.sourceAt = at;
    }

    /// Sets an option of the Engine for mounts of a type.
    void put(String type, String member, Data value) {
        options.computeIfAbsent(type, absent -> new TreeMap<>()).put(member, value);
    }

    Mount.Options options() {
        return new Mount.Options(
                type.equals("bind") ? label : "", new Data.Mapping(options.getOrDefault(type, new TreeMap<>())));
    }

    /// Adds the mount to `into`, or says why there is none.
    void complete(ServiceDraft into, Scope scope) {
        if (target.isEmpty()) {
            scope.report().error(at, "a mount without a target", "write where the container sees it");
            return;
        }
        MountChecks.run(this, scope);
        Fields.made(target, at, scope, "write an absolute path in the container", Fields::target)
                .flatMap(path -> mount(path, scope))
                .ifPresent(mount -> into.mounts.add(new Located<>(at, mount)));
    }

    private Optional<Mount> mount(TargetPath path, Scope scope) {
        return switch (type) {
            case "volume" -> volume(path, scope);
            case "bind" -> BindSources.bind(this, path, scope);
            case "tmpfs" -> tmpfs(path, scope);
            case "image" -> image(path, scope);
            case "npipe" -> refuse(scope, "a mount of type 'npipe' is for Windows containers", "remove it");
            case "cluster" -> refuse(scope, "a mount of type 'cluster' needs a swarm", "use a volume");
            case "" -> refuse(scope, "a mount without a type", "write type: volume or type: bind");
            default -> refuse(scope, "'" + type + "' is not a type of mount", "write volume, bind, tmpfs or image");
        };
    }

    private Optional<Mount> volume(TargetPath path, Scope scope) {
        return source.isEmpty()
                ? Optional.of(new Mount.Anonymous(path, readOnly, options()))
                : Fields.made(
                        source,
                        sourceAt,
                        scope,
                        "write a path with / or ./, or the name of a volume",
                        s -> new Mount.Named(new ResourceName(s), path, readOnly, options()));
    }

    private Optional<Mount> tmpfs(TargetPath path, Scope scope) {
        return source.isEmpty()
                ? Optional.of(new Mount.Tmpfs(path, readOnly, options()))
                : refuse(scope, "a mount of type 'tmpfs' with a source", "remove 'source'");
    }

    private Optional<Mount> image(TargetPath path, Scope scope) {
        scope.needs().add(at, "a mount of type 'image'", new EngineApi(48));
        return Fields.made(
                source,
                sourceAt,
                scope,
                "write an image as 'source'",
                s -> new Mount.Image(ImageReference.parse(s), path, readOnly, options()));
    }

    private Optional<Mount> refuse(Scope scope, String what, String remedy) {
        scope.report().error(at, what, remedy);
        return Optional.empty();
    }

    boolean has(String type, String member) {
        return options.getOrDefault(type, new TreeMap<>()).containsKey(member);
    }
}
