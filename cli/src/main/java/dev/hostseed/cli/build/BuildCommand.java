package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.ProgressLine;
import dev.hostseed.cli.Terminal;
import dev.hostseed.cli.UsageException;
import dev.hostseed.cloudinit.Build;
import dev.hostseed.core.data.Plural;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.scan.Search;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hostseed build`: the main job.
@Command(
        name = "build",
        description = "Makes the seed of a host: one medium from which a stock machine with Docker comes up offline.")
final class BuildCommand implements Callable<Integer> {
    @Mixin
    private final CollectingOptions said = new CollectingOptions();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIRECTORY",
            description = "The seed is made in DIRECTORY/<host>; ${DEFAULT-VALUE} unless said.")
    private Path output = Path.of("dist");

    @Override
    public Integer call() {
        return said.form.telling(said.input.quiet()).run(this::build);
    }

    private ExitCode build(Telling telling) throws IOException, UsageException {
        refuseOthers(said.images.platform());
        var compose = said.input.input();
        var host = said.input.read(compose, telling);
        if (host.isEmpty()) {
            return telling.verdict();
        }
        var search = said.secrets.search(compose.directory(), said.input.strict, telling);
        if (search.isEmpty()) {
            return telling.verdict();
        }
        var build = build(host.get(), compose.directory(), search.get(), telling.terminal());
        telling.made("seed", build.iso());
        said.lock.keep(build.lock(), compose.directory(), telling);
        tell(build, host.get(), telling.terminal());
        return telling.verdict();
    }

    private Build build(Host host, Path projectDirectory, Search search, Terminal terminal)
            throws IOException, UsageException {
        try (var progress = new ProgressLine(terminal)) {
            return Build.make(
                    host,
                    said.lock.pins(projectDirectory, host.project()),
                    search,
                    said.images.sources(projectDirectory, host.project()),
                    home(),
                    output.resolve(host.name().value()),
                    said.signing.signer(),
                    progress);
        }
    }

    private static void refuseOthers(Platform platform) throws UsageException {
        if (!platform.equals(Platform.ofThisMachine())) {
            throw new UsageException("a seed for " + platform + " cannot be made on " + Platform.ofThisMachine()
                    + ", whose runtime it carries; make it on such a machine (the images alone: hostseed bundle)");
        }
    }

    /// The distribution that runs: it is what the host gets.
    private static Path home() {
        return Path.of(System.getProperty("hostseed.home"));
    }

    private static void tell(Build build, Host host, Terminal terminal) throws IOException {
        var services = host.project().services().stream()
                .map(service -> service.name().value())
                .collect(Collectors.joining(", "));
        terminal.out().println(build.iso());
        terminal.say("%s: %s for %s, with %s (%s) and all that they need; its runtime wants glibc %s or later"
                .formatted(
                        build.iso().getFileName(),
                        Plural.ofBytes(Files.size(build.iso())),
                        host.name(),
                        Plural.of(host.project().containers(), "container"),
                        services,
                        Files.readString(home().resolve("glibc")).strip()));
    }
}
