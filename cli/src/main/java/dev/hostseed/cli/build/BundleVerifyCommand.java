package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.ProgressLine;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.data.Plural;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.image.LockedImage;
import dev.hostseed.core.signature.Signed;
import dev.hostseed.core.signature.Trust;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hostseed bundle verify`: whether a bundle is what its lock says, to the last byte, and who says so.
@Command(
        name = "verify",
        description = "Reads every byte of a bundle, holds it against the bundle's lock, and the lock against its "
                + "signatures; then tells what was checked.")
final class BundleVerifyCommand implements Callable<Integer> {
    private static final String UNKNOWN = ", whose it is being unknown: --trust FILE";

    @Parameters(paramLabel = "BUNDLE", description = BundlePlace.WORDS + ".")
    private Path named = Path.of("bundle");

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            description =
                    "Demand a signature by a key in FILE: *.pub, *.pem, allowed_signers or *.allowed_signers; may "
                            + "be given again. Otherwise the keys in " + Trust.DIRECTORY + ", if there are any.")
    private List<Path> trusted = new ArrayList<>();

    @Mixin
    private final TellingOptions form = new TellingOptions();

    @Mixin
    private final QuietOption quiet = new QuietOption();

    @Mixin
    private final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        return form.telling(quiet.asked).run(this::verify);
    }

    private ExitCode verify(Telling telling) throws IOException {
        var place = BundlePlace.of(named);
        var bytes = Bundle.lockBytes(place);
        var trust = trusted.isEmpty()
                ? Trust.in(Path.of(Trust.DIRECTORY), Clock.systemDefaultZone())
                : Trust.of(trusted, Clock.systemDefaultZone());
        var signed = trust.isEmpty() ? trust.look(place, bytes) : trust.verify(place, bytes);
        var lock = LockFile.read(bytes);
        verify(place, lock, telling.terminal());
        if (!quiet.asked) {
            tell(place, lock, signed, telling.terminal());
        }
        telling.made("bundle", place);
        return ExitCode.OK;
    }

    private static void verify(Path place, Lock lock, Terminal terminal) throws IOException {
        try (var progress = new ProgressLine(terminal)) {
            Bundle.verify(place, lock, progress);
        }
    }

    private static void tell(Path place, Lock lock, List<Signed> signed, Terminal terminal) throws IOException {
        var out = terminal.out();
        out.println("%s: good".formatted(place));
        out.println("  lock     version %d of %s, %s"
                .formatted(
                        lock.version(), lock.project(), Plural.of(lock.images().size(), "image")));
        for (var signature : signed) {
            out.println(
                    "  signed   " + Terminal.printable(signature.toString()) + (signature.trusted() ? "" : UNKNOWN));
        }
        for (var name : List.of(Bundle.SSH_SIGNATURE, Bundle.COSIGN_SIGNATURE)) {
            if (Bundle.find(place, name).isPresent()
                    && signed.stream().noneMatch(signature -> signature.file().equals(name))) {
                out.println("  signed   as " + name + " says, which is not checked without its key: --trust FILE");
            }
        }
        var stored = new TreeMap<String, Long>();
        for (var image : lock.images()) {
            out.println("  image    %s  %s  %s  %s"
                    .formatted(
                            image.reference(),
                            image.platform(),
                            image.config().digest(),
                            Plural.of(image.layers().size(), "layer")));
            image.layers().stream()
                    .map(LockedImage.LockedLayer::stored)
                    .forEach(layer -> stored.put(layer.digest().value(), layer.size()));
        }
        out.println("  checked  the names and sizes of all files, and each byte: %s (%s)"
                .formatted(
                        Plural.of(stored.size(), "layer"),
                        Plural.ofBytes(stored.values().stream()
                                .mapToLong(Long::longValue)
                                .sum())));
    }
}
