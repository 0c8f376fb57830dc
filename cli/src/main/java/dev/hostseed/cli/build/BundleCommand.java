package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.ProgressLine;
import dev.hostseed.cli.UsageException;
import dev.hostseed.core.data.Plural;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.Pins;
import dev.hostseed.core.image.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `hostseed bundle`: the images of a Compose file, as an OCI layout with its lock. What is done with a bundle
/// that is there is a command below it; a Compose file that is called like one is written `./verify`.
@Command(
        name = "bundle",
        subcommands = {BundleInspectCommand.class, BundleSignCommand.class, BundleVerifyCommand.class},
        synopsisSubcommandLabel = "[COMMAND]",
        description = "Collects the images of a Compose file into an OCI image layout with a lock, each layer once.")
final class BundleCommand implements Callable<Integer> {
    @Mixin
    private final CollectingOptions said = new CollectingOptions();

    @Mixin
    private final BundleOptions bundle = new BundleOptions();

    @Override
    public Integer call() {
        return said.form.telling(said.input.quiet()).run(this::bundle);
    }

    private ExitCode bundle(Telling telling) throws IOException, UsageException {
        if (!bundle.images().isEmpty() && !said.input.namesFiles()) {
            return bundleAlone(telling);
        }
        var compose = said.input.input();
        var host = said.input.read(compose, said.images.platform(), telling);
        if (host.isEmpty()) {
            return telling.verdict();
        }
        var project = host.get().project();
        var wanted = new TreeSet<>(project.images());
        wanted.addAll(bundle.images());
        var pins = said.lock.pins(compose.directory(), project);
        var made = collect(project, wanted, pins, compose.directory(), telling);
        if (made.isPresent()) {
            said.lock.keep(made.get(), compose.directory(), telling);
        }
        return done(made, telling);
    }

    /// Images that belong to no Compose file; what pins them is the bundle that is there.
    private ExitCode bundleAlone(Telling telling) throws IOException, UsageException {
        var place = bundle.target().place();
        var earlier = Files.exists(place) && bundle.adds() ? Optional.of(Bundle.lock(place)) : Optional.<Lock>empty();
        var name = said.input.projectName().or(() -> earlier.map(Lock::project)).orElse(new ProjectName("images"));
        var project = new Project(name, List.of(), List.of(), List.of(), List.of(), List.of());
        var pins = earlier.map(Pins::of).orElse(Pins.NONE);
        return done(collect(project, bundle.images(), pins, Path.of(""), telling), telling);
    }

    /// @return nothing if the file that allows secrets has errors, which are told
    private Optional<Lock> collect(
            Project project, SortedSet<ImageReference> wanted, Pins pins, Path directory, Telling telling)
            throws IOException, UsageException {
        var search = said.secrets.search(directory, said.input.strict, telling);
        if (search.isEmpty()) {
            return Optional.empty();
        }
        var request = new Request(project.name(), wanted, said.images.platform(), pins, search.get());
        var target = bundle.target();
        var signer = said.signing.signer();
        Lock made;
        try (var progress = new ProgressLine(telling.terminal())) {
            made = Bundle.collect(request, said.images.sources(directory, project), target, signer, progress);
        }
        telling.made("bundle", target.place());
        return Optional.of(made);
    }

    private ExitCode done(Optional<Lock> made, Telling telling) throws UsageException {
        if (made.isPresent()) {
            telling.terminal()
                    .say(bundle.target().place() + ": "
                            + Plural.of(made.get().images().size(), "image"));
        }
        return telling.verdict();
    }
}
