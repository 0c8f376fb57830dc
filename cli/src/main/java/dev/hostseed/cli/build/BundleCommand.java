package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Plural;
import dev.hostseed.cli.ProgressLine;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hostseed bundle`: the images of a Compose file, as an OCI layout with its lock.
@Command(
        name = "bundle",
        description = "Collects the images of a Compose file into an OCI image layout with a lock, each layer once.")
final class BundleCommand implements Callable<Integer> {
    @Mixin
    private final InputOptions input = new InputOptions();

    @Mixin
    private final TellingOptions form = new TellingOptions();

    @Mixin
    private final ImageOptions images = new ImageOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIRECTORY",
            description = "Where the bundle is made, in place of an earlier one; ${DEFAULT-VALUE} unless said.")
    private Path output = Path.of("bundle");

    @Override
    public Integer call() {
        return form.telling(input.quiet).run(this::bundle);
    }

    private ExitCode bundle(Telling telling) throws IOException {
        var compose = input.input();
        var host = input.read(compose, telling);
        if (host.isEmpty()) {
            return telling.verdict();
        }
        var terminal = telling.terminal();
        var lock = collect(host.get().project(), compose.directory(), terminal);
        telling.made("bundle", output);
        terminal.say(output + ": " + Plural.of(lock.images().size(), "image"));
        return ExitCode.OK;
    }

    private Lock collect(Project project, Path projectDirectory, Terminal terminal) throws IOException {
        try (var progress = new ProgressLine(terminal)) {
            return Bundle.collect(
                    project.images(),
                    images.sources(projectDirectory, project),
                    Platform.ofThisMachine(),
                    output,
                    progress);
        }
    }
}
