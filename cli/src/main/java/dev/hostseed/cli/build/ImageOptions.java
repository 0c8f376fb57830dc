package dev.hostseed.cli.build;

import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.image.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/// Where a command takes images from: archives first, since they are written down, then the local Engine.
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
                    + "no archive has.")
    Path socket = Engine.DEFAULT_SOCKET;

    List<ImageSource> sources(Path projectDirectory) throws IOException {
        var sources = new ArrayList<ImageSource>();
        var beside = projectDirectory.resolve("images");
        var places = images.isEmpty() && Files.isDirectory(beside) ? List.of(beside) : images;
        for (var place : places) {
            for (var archive : archives(place)) {
                sources.add(new ImageSource.FromArchive(archive));
            }
        }
        if (Files.exists(socket)) {
            sources.add(new ImageSource.FromEngine(Engine.at(socket)));
        }
        return sources;
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
