package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.ProgressLine;
import dev.hostseed.cli.Terminal;
import dev.hostseed.cli.UsageException;
import dev.hostseed.core.data.Plural;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.Request;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hostseed bundle`: the images of a Compose file, as an OCI layout with its lock. What is done with a bundle
/// that is there is a command below it; a Compose file that is called like one is written `./verify`.
@Command(
        name = "bundle",
        subcommands = {BundleSignCommand.class, BundleVerifyCommand.class},
        synopsisSubcommandLabel = "[COMMAND]",
        description = "Collects the images of a Compose file into an OCI image layout with a lock, each layer once.")
final class BundleCommand implements Callable<Integer> {
    @Mixin
    private final InputOptions input = new InputOptions();

    @Mixin
    private final TellingOptions form = new TellingOptions();

    @Mixin
    private final ImageOptions images = new ImageOptions();

    @Mixin
    private final LockOptions lock = new LockOptions();

    @Mixin
    private final SigningOptions signing = new SigningOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIRECTORY",
            description = "Where the bundle is made, in place of an earlier one; ${DEFAULT-VALUE} unless said.")
    private Path output = Path.of("bundle");

    @Override
    public Integer call() {
        return form.telling(input.quiet).run(this::bundle);
    }

    private ExitCode bundle(Telling telling) throws IOException, UsageException {
        var compose = input.input();
        var host = input.read(compose, telling);
        if (host.isEmpty()) {
            return telling.verdict();
        }
        var terminal = telling.terminal();
        var made = collect(host.get().project(), compose.directory(), terminal);
        signing.sign(output, terminal);
        telling.made("bundle", output);
        lock.keep(made, compose.directory(), telling);
        terminal.say(output + ": " + Plural.of(made.images().size(), "image"));
        return ExitCode.OK;
    }

    private Lock collect(Project project, Path projectDirectory, Terminal terminal) throws IOException, UsageException {
        try (var progress = new ProgressLine(terminal)) {
            var request = new Request(
                    project.name(), project.images(), Platform.ofThisMachine(), lock.pins(projectDirectory, project));
            return Bundle.collect(request, images.sources(projectDirectory, project), output, progress);
        }
    }
}
