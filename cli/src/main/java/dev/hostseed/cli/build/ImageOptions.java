package dev.hostseed.cli.build;

import dev.hostseed.cli.UsageException;
import dev.hostseed.core.build.ProjectBuilder;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.host.ImageBuild;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.image.ImageSource;
import dev.hostseed.core.registry.Registries;
import dev.hostseed.core.registry.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/// Where a command takes images from: archives first, since they are written down, then the local Engine, then what is
/// built of what neither has, then registries. What is to be built whatever there is, is built before all; and what
/// is wanted as its registry has it is not taken from the Engine.
final class ImageOptions {
    @Option(
            names = "--images",
            paramLabel = "PATH",
            description =
                    "An image archive (docker save, OCI), an OCI layout, or a folder of these; may be given again. "
                            + "Otherwise the folder 'images' of the project directory, if there is one.")
    List<Path> images = new ArrayList<>();

    @Option(
            names = "--docker-socket",
            paramLabel = "PATH",
            description = "Where the local Docker Engine listens; ${DEFAULT-VALUE} unless said. It is asked for what "
                    + "no archive has, and builds what it lacks itself.")
    Path socket = Engine.DEFAULT_SOCKET;

    @Option(
            names = "--build",
            description = "Build each image that the Compose file says how to build, even where it is already.")
    private boolean build;

    @Option(
            names = "--platform",
            paramLabel = "OS/ARCHITECTURE",
            description = "For what kind of machine the images are, such as linux/arm64; this one's unless said.")
    private String platform = "";

    @Option(names = "--offline", description = "Ask no registry.")
    private boolean offline;

    @Option(
            names = "--insecure-registry",
            paramLabel = "HOST[:PORT]",
            description = "A registry whose certificate need not be good, and that may be spoken to without TLS, which "
                    + "anybody on the way can read and change; may be given again. Those on this machine are such.")
    private Set<String> insecure = new TreeSet<>();

    List<ImageSource> sources(Path projectDirectory, Project project) throws IOException {
        var sources = new ArrayList<ImageSource>();
        var engine = Engine.at(socket);
        var builder = new ProjectBuilder(engine, project.builds(), System.getenv());
        sources.add(new ImageSource.FromBuild(
                engine, (wanted, progress) -> builder.build(asked(wanted, project), progress)));
        var beside = projectDirectory.resolve("images");
        var places = images.isEmpty() && Files.isDirectory(beside) ? List.of(beside) : images;
        for (var place : places) {
            for (var archive : archives(place)) {
                sources.add(new ImageSource.FromArchive(archive));
            }
        }
        var registries = Registries.of(Settings.ofThisMachine(insecure, System.getenv()));
        if (!offline) {
            sources.add(new ImageSource.FromRegistryAlone(registries, project.refreshed()));
        }
        if (Files.exists(socket)) {
            sources.add(new ImageSource.FromEngine(engine));
        }
        sources.add(new ImageSource.FromBuild(engine, builder));
        if (!offline) {
            sources.add(new ImageSource.FromRegistry(registries, made(project)));
        }
        return sources;
    }

    /// For what kind of machine the images are.
    Platform platform() throws UsageException {
        try {
            return platform.isEmpty() ? Platform.ofThisMachine() : Platform.parse(platform);
        } catch (IllegalArgumentException wrong) {
            throw new UsageException(wrong.getMessage() + "; write OS/ARCHITECTURE or OS/ARCHITECTURE/VARIANT");
        }
    }

    private static SortedSet<ImageReference> made(Project project) {
        return project.builds().stream().map(ImageBuild::image).collect(Collectors.toCollection(TreeSet::new));
    }

    /// What of `wanted` is to be built whatever there is.
    private SortedSet<ImageReference> asked(SortedSet<ImageReference> wanted, Project project) {
        var asked = new TreeSet<ImageReference>();
        for (var one : project.builds()) {
            if (wanted.contains(one.image()) && (build || one.request().always())) {
                asked.add(one.image());
            }
        }
        return asked;
    }

    /// What lies at `place`: itself, if it is a file or an OCI layout; else what is in it, by name.
    private static List<Path> archives(Path place) throws IOException {
        if (!Files.isDirectory(place) || Files.exists(place.resolve("oci-layout"))) {
            return List.of(place);
        }
        try (var inside = Files.list(place)) {
            return inside.filter(p -> !p.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        }
    }
}
