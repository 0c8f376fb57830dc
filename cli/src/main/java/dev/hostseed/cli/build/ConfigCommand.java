package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.source.CanonicalModel;
import dev.hostseed.core.source.ComposedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hostseed config`: what the Compose files say together, every value in its canonical form.
///
/// Rule: docker-compose, `config`, whose options have the same names here.
@Command(
        name = "config",
        description = "Prints what the Compose files say together, in their canonical form: variables filled in, short "
                + "forms written out, paths absolute. What is printed is a Compose file again.")
final class ConfigCommand implements Callable<Integer> {
    enum Format {
        yaml,
        json
    }

    @Mixin
    private final InputOptions input = new InputOptions();

    @Option(names = "--format", description = "${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE} unless said.")
    private Format format = Format.yaml;

    @Option(
            names = "--no-path-resolution",
            description =
                    "Leave relative paths as they are: their files travel with a seed, those of absolute paths do "
                            + "not.")
    private boolean pathsAsWritten;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Write to FILE instead of standard output.")
    private @Nullable Path output;

    @ArgGroup
    private Listing listing = new Listing();

    /// Of one kind of thing, the names alone.
    private static final class Listing {
        @Option(names = "--services", description = "Print the names of the services, one per line.")
        boolean services;

        @Option(names = "--images", description = "Print the names of the images, one per line.")
        boolean images;

        @Option(names = "--volumes", description = "Print the names of the volumes, one per line.")
        boolean volumes;

        @Option(names = "--networks", description = "Print the names of the networks, one per line.")
        boolean networks;

        Optional<Stream<String>> of(Project project) {
            if (services) {
                return Optional.of(project.services().stream()
                        .map(service -> service.name().value()));
            }
            if (images) {
                return Optional.of(project.images().stream().map(Object::toString));
            }
            if (volumes) {
                return Optional.of(
                        project.volumes().stream().map(volume -> volume.key().value()));
            }
            return networks
                    ? Optional.of(project.networks().stream()
                            .map(network -> network.key().value()))
                    : Optional.empty();
        }
    }

    @Override
    public Integer call() {
        return TellingOptions.people(input.quiet()).run(this::print);
    }

    private ExitCode print(Telling telling) throws IOException {
        var files = ComposedFiles.of(input.input());
        var host = input.accepted(files.reading(Platform.ofThisMachine()), telling);
        var model = host.flatMap(accepted -> files.model(!pathsAsWritten));
        if (model.isEmpty()) {
            return telling.verdict();
        }
        var text = listing.of(host.orElseThrow().project())
                .map(names -> names.sorted().map(name -> name + "\n").collect(Collectors.joining()))
                .orElseGet(() -> text(model.get()));
        if (output != null) {
            Files.writeString(output, text);
        } else if (!input.quiet()) {
            telling.terminal().out().writeBytes(text.getBytes(StandardCharsets.UTF_8));
            telling.terminal().out().flush();
        }
        return ExitCode.OK;
    }

    private String text(CanonicalModel model) {
        return switch (format) {
            case yaml -> model.yaml();
            case json -> model.json();
        };
    }
}
