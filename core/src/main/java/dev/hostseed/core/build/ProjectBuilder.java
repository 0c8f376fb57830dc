package dev.hostseed.core.build;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineUnreachableException;
import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.host.ImageBuild.NamedContext;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.Builder;
import dev.hostseed.core.image.Progress;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Builds the images of a project in one Engine: with BuildKit where the `docker` command has it, as docker compose
/// does, and with the Engine's own builder else, or if `DOCKER_BUILDKIT=0` asks for it.
public final class ProjectBuilder implements Builder {
    private final Engine engine;
    private final List<ImageBuild> builds;
    private final Map<String, String> environment;

    /// Nothing is asked or begun yet.
    ///
    /// @param builds each after those that it needs
    /// @param environment of the commands that are run
    public ProjectBuilder(Engine engine, List<ImageBuild> builds, Map<String, String> environment) {
        this.engine = engine;
        this.builds = List.copyOf(builds);
        this.environment = Map.copyOf(environment);
    }

    /// @throws UnbuildableException if an image cannot be made here as the Compose file says
    /// @throws BuildFailedException if a builder could not make one
    @Override
    public SortedSet<ImageReference> build(SortedSet<ImageReference> wanted, Progress progress) throws IOException {
        var asked = new TreeSet<ImageReference>();
        builds.stream().map(ImageBuild::image).filter(wanted::contains).forEach(asked::add);
        if (asked.isEmpty()) {
            return asked;
        }
        try {
            engine.ping();
        } catch (EngineUnreachableException unreachable) {
            throw new EngineUnreachableException(
                    "cannot build " + asked.first() + ": " + unreachable.getMessage(), unreachable);
        }
        var buildKit = new BuildKit("docker", engine.socket(), environment);
        var hasBuildKit = !"0".equals(environment.get("DOCKER_BUILDKIT")) && buildKit.isThere();
        var needed = needed(asked);
        for (var build : builds) {
            if (needed.contains(build.image())) {
                if (hasBuildKit) {
                    buildKit.build(build, progress);
                } else {
                    EngineBuilder.build(engine, build, progress);
                }
            }
        }
        return asked;
    }

    /// With what these are made from and the Engine lacks: an archive that has it is no help to a builder.
    private Set<ImageReference> needed(Set<ImageReference> asked) throws IOException {
        var needed = new HashSet<>(asked);
        for (var build : builds.reversed()) {
            if (needed.contains(build.image())) {
                for (var context : build.special().contexts().values()) {
                    if (context instanceof NamedContext.Built(var image) && !isThere(image)) {
                        needed.add(image);
                    }
                }
            }
        }
        return needed;
    }

    private boolean isThere(ImageReference image) throws IOException {
        return engine.find("/images/" + image.tagged() + "/json").isPresent();
    }
}
