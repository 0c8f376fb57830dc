package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.cli.ProgressLine;
import dev.hostseed.cli.Terminal;
import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Plural;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import dev.hostseed.core.image.LockedImage;
import dev.hostseed.core.image.StoreVerifier;
import dev.hostseed.core.image.StoredImage;
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

    @Option(
            names = "--deep",
            description =
                    "Also hold the images that the local Docker Engine has against the bundle: the path, kind and "
                            + "size of each file, as a container sees them, which a power cut may have changed.")
    private boolean deep;

    @Option(
            names = "--docker-socket",
            paramLabel = "PATH",
            description = "Where the Engine of --deep listens; ${DEFAULT-VALUE} unless said.")
    private Path socket = Engine.DEFAULT_SOCKET;

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
        var lock = LockFile.read(place.resolve(Bundle.LOCK), bytes);
        verify(place, lock, telling.terminal());
        if (!quiet.asked) {
            tell(place, lock, signed, telling.terminal());
        }
        telling.made("bundle", place);
        if (deep) {
            verifyStore(place, lock, telling);
        }
        return ExitCode.OK;
    }

    private static void verify(Path place, Lock lock, Terminal terminal) throws IOException {
        try (var progress = new ProgressLine(terminal)) {
            Bundle.verify(place, lock, progress);
        }
    }

    private void verifyStore(Path place, Lock lock, Telling telling) throws IOException {
        var stored = stored(place, lock, telling.terminal());
        telling.found(
                "store",
                new Data.Sequence(
                        stored.stream().<Data>map(BundleVerifyCommand::data).toList()));
        for (var image : stored) {
            if (!quiet.asked || image.differing() > 0) {
                tell(image, telling.terminal());
            }
        }
        StoredImage.requireWhole(stored, place);
    }

    private List<StoredImage> stored(Path place, Lock lock, Terminal terminal) throws IOException {
        try (var progress = new ProgressLine(terminal)) {
            return StoreVerifier.verify(place, lock, Engine.at(socket), progress);
        }
    }

    private static void tell(StoredImage image, Terminal terminal) {
        var out = terminal.out();
        out.println("  engine   " + image.reference() + "  " + verdict(image));
        image.first().forEach(difference -> out.println("    " + difference));
        var more = image.differing() - image.first().size();
        if (more > 0) {
            out.println("    and " + more + " more");
        }
    }

    private static String verdict(StoredImage image) {
        if (!image.isThere()) {
            return "not loaded";
        }
        var files = Plural.of(image.files(), "file");
        return image.differing() == 0 ? "good: " + files : "damaged: %d of %s".formatted(image.differing(), files);
    }

    private static Data data(StoredImage image) {
        var differences = image.first().stream()
                .<Data>map(difference -> Data.mapping()
                        .with("path", difference.path())
                        .with("layer", difference.layer())
                        .with("expected", difference.expected())
                        .with("found", difference.found()))
                .toList();
        return Data.mapping()
                .with("image", image.reference().toString())
                .with("loaded", image.isThere())
                .with("files", image.files())
                .with("differing", image.differing())
                .with("first", new Data.Sequence(differences));
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
