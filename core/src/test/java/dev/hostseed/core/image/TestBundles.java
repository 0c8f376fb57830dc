package dev.hostseed.core.image;

import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeSet;

/// Bundles of images made by hand.
final class TestBundles {
    static final Platform HERE = Platform.ofThisMachine();

    private TestBundles() {}

    /// Makes the bundle `bundle` of images for this machine, and beside it the archives that it is made of.
    ///
    /// @param images plain layers by reference
    static Lock make(Path bundle, SequencedMap<String, List<byte[]>> images) throws IOException {
        var references = new TreeSet<ImageReference>();
        var sources = new ArrayList<ImageSource>();
        for (var image : images.entrySet()) {
            var archive = bundle.resolveSibling(bundle.getFileName() + "-" + sources.size() + ".tar");
            Files.write(archive, TestImages.saved(image.getKey(), HERE.architecture(), image.getValue()));
            references.add(ImageReference.parse(image.getKey()));
            sources.add(new ImageSource.FromArchive(archive));
        }
        return collect(Target.directory(bundle), references, sources);
    }

    /// Makes the bundle `bundle` of an image in an archive.
    static Lock collect(Target bundle, Path archive, String reference) throws IOException {
        var references = new TreeSet<>(List.of(ImageReference.parse(reference)));
        return collect(bundle, references, List.of(new ImageSource.FromArchive(archive)));
    }

    private static Lock collect(Target bundle, TreeSet<ImageReference> references, List<ImageSource> sources)
            throws IOException {
        var request = new Request(new ProjectName("shop"), references, HERE, Pins.NONE);
        return Bundle.collect(request, sources, bundle, Progress.SILENT);
    }

    /// Makes a bundle of one image.
    static Lock make(Path bundle, String reference, byte[]... layers) throws IOException {
        return make(bundle, new LinkedHashMap<>(Map.of(reference, List.of(layers))));
    }

    /// The file of each layer of the first image, from the lowest.
    static List<Path> layers(Path bundle, Lock lock) {
        return lock.images().getFirst().layers().stream()
                .map(layer -> bundle.resolve(Manifests.blob(layer.stored())))
                .toList();
    }

    static void verify(Path bundle) throws IOException {
        Bundle.verify(bundle, Bundle.lock(bundle), Progress.SILENT);
    }
}
