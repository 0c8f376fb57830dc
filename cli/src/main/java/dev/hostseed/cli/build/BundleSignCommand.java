package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.signature.LockSignature;
import dev.hostseed.core.signature.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hostseed bundle sign`: a signature over the lock of a bundle, beside it.
@Command(
        name = "sign",
        description = "Signs the lock of a bundle, which names every byte of it. The signature comes to lie beside the "
                + "lock: hostseed.lock.sig of an SSH key, hostseed.lock.cosign of any other.")
final class BundleSignCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE", description = BundlePlace.WORDS + ".")
    private Path directory = Path.of("bundle");

    @Option(names = "--key", required = true, paramLabel = "FILE", description = SigningOptions.KEYS)
    private Path key = Path.of("key");

    @Mixin
    private final TellingOptions form = new TellingOptions();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    @Mixin
    private final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        return form.telling(quiet.asked).run(this::sign);
    }

    private ExitCode sign(Telling telling) throws IOException {
        var bundle = BundlePlace.of(directory);
        var signature = LockSignature.write(bundle, SigningKey.in(key));
        telling.made("signature", signature);
        telling.terminal().say(signature + (Files.isRegularFile(bundle) ? ": signed" : ": written"));
        warnOfMedium(bundle, telling.terminal());
        return ExitCode.OK;
    }

    /// The medium that was made of this bundle has it as it was.
    private static void warnOfMedium(Path bundle, Terminal terminal) {
        var medium = bundle.resolveSibling("seed.iso");
        if (Files.exists(medium)) {
            terminal.fail("warning: " + medium
                    + " was made before and has no such signature; 'hostseed build' makes it anew, and takes it along");
        }
    }
}
