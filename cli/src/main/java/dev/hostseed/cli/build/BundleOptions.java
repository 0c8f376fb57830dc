package dev.hostseed.cli.build;

import dev.hostseed.cli.UsageException;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LayerForm;
import dev.hostseed.core.image.Target;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which form a bundle has, and what is put into it beside the images of a Compose file.
final class BundleOptions {
    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIRECTORY",
            description = "Where the bundle is made, in place of an earlier one; 'bundle' unless said.")
    private @Nullable Path output;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            description = "Make the bundle one archive, FILE, instead of a directory; docker load takes it as it is.")
    private @Nullable Path archive;

    @Option(
            names = "--layers",
            paramLabel = "FORM",
            description =
                    "How layers are kept: 'zstd', compressed, unless said; 'plain', larger, which load is quicker "
                            + "with on a fast disk, and which docker load of Docker 20.10 knows.")
    private LayerForm layers = LayerForm.ZSTD;

    @Option(
            names = "--add",
            description = "Leave the images that are in the bundle there, and add or replace those asked for.")
    private boolean add;

    @Option(
            names = "--image",
            paramLabel = "IMAGE",
            description = "An image to bundle, such as redis:7.4; may be given again. A Compose file is read with it "
                    + "only where one is named.")
    private List<String> images = new ArrayList<>();

    Target target() throws UsageException {
        if (output != null && archive != null) {
            throw new UsageException("--output and --to both say where the bundle is made");
        }
        var target = archive == null
                ? new Target(output == null ? Path.of("bundle") : output, false, layers, false)
                : Target.archive(archive, layers);
        return add ? target.adding() : target;
    }

    boolean adds() {
        return add;
    }

    /// The images that are named one by one.
    SortedSet<ImageReference> images() throws UsageException {
        var references = new TreeSet<ImageReference>();
        for (var image : images) {
            try {
                references.add(ImageReference.parse(image));
            } catch (IllegalArgumentException wrong) {
                throw new UsageException("--image: " + wrong.getMessage());
            }
        }
        return references;
    }
}
