package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Plural;
import dev.hostseed.cli.ProgressLine;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hostseed bundle verify`: whether a bundle is what its lock says, to the last byte.
@Command(name = "verify", description = "Reads every byte of a bundle and holds it against the bundle's lock.")
final class BundleVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIRECTORY", description = "A bundle.")
    private Path directory = Path.of("bundle");

    @Mixin
    private final TellingOptions form = new TellingOptions();

    @Option(
            names = {"-q", "--quiet"},
            description = "Say nothing but what is wrong.")
    private boolean quiet;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Tell this, and exit.")
    private boolean help;

    @Override
    public Integer call() {
        return form.telling(quiet).run(this::verify);
    }

    private ExitCode verify(Telling telling) throws IOException {
        var terminal = telling.terminal();
        var lock = LockFile.read(directory.resolve(Bundle.LOCK));
        verify(lock, terminal);
        terminal.say(directory + ": " + Plural.of(lock.images().size(), "image") + ", each byte as the lock says");
        return ExitCode.OK;
    }

    private void verify(Lock lock, Terminal terminal) throws IOException {
        try (var progress = new ProgressLine(terminal)) {
            Bundle.verify(directory, lock, progress);
        }
    }
}
