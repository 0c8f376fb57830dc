package dev.hostseed.cli.build;

import dev.hostseed.cli.ExitCode;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.Inspection;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hostseed bundle inspect`: what is in a bundle, and what its images share.
@Command(
        name = "inspect",
        description = "Shows the images and the layers of a bundle, what is shared, and all sizes. Reads no layer: "
                + "'bundle verify' does.")
final class BundleInspectCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE", arity = "0..1", description = BundlePlace.WORDS + "; 'bundle' unless said.")
    private Path named = Path.of("bundle");

    @Mixin
    private final TellingOptions form = new TellingOptions();

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write all of it as one page with a picture of the layers, for any browser.")
    private @Nullable Path page;

    @Mixin
    private final HelpOption help = new HelpOption();

    @Override
    public Integer call() {
        return form.telling(false).run(this::inspect);
    }

    private ExitCode inspect(Telling telling) throws IOException {
        var inspection = Inspection.of(BundlePlace.of(named));
        telling.found("bundle", InspectionJson.of(inspection));
        if (page == null) {
            telling.terminal().out().print(InspectionTable.of(inspection));
            return ExitCode.OK;
        }
        write(page, InspectionPage.of(inspection));
        telling.made("page", page);
        telling.terminal().say(page + ": written");
        return ExitCode.OK;
    }

    private static void write(Path file, String text) throws IOException {
        var directory = Objects.requireNonNull(file.toAbsolutePath().getParent(), "a page is no root directory");
        var files = new TreeMap<TargetPath, FileContent>();
        var content = Bytes.of(text.getBytes(StandardCharsets.UTF_8));
        files.put(new TargetPath("/" + file.getFileName()), new FileContent.Held(content, FileMode.READABLE));
        FileTree.write(files, directory);
    }
}
