package dev.hostseed.core.image;

import dev.hostseed.core.data.Plural;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.registry.Manifest;
import dev.hostseed.core.registry.Registries;
import dev.hostseed.core.registry.RegistryRefusedException;
import dev.hostseed.core.registry.RegistryUnreachableException;
import dev.hostseed.core.registry.Repository;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.Callable;

/// Images out of registries: first what each of them is, then all layers that are not there yet, each once, several
/// at a time.
final class RegistrySource {
    private static final int CONNECTIONS = 4; // measured: docs/decisions/0013-registries-are-read-by-our-own-client.md

    private final Registries registries;
    private final Collection into;

    private RegistrySource(Registries registries, Collection into) {
        this.registries = registries;
        this.into = into;
    }

    /// Takes those of `wanted` in that registries have. If one is not to be had, no layer of any is read: without it
    /// there is no bundle.
    ///
    /// @return where was looked, for a message
    static String collect(Registries registries, SortedSet<ImageReference> wanted, Collection into) throws IOException {
        var source = new RegistrySource(registries, into);
        var found = new ArrayList<RemoteImage.Found>();
        var looked = new ArrayList<String>();
        for (var image : source.ask(wanted)) {
            switch (image) {
                case RemoteImage.Found one -> found.add(one);
                case RemoteImage.Foreign(var reference, var platforms) -> {
                    into.refuse(reference, platforms);
                    looked.add(place(reference) + " (for " + platforms + " alone)");
                }
                case RemoteImage.Missing(var reference, var why) -> looked.add(place(reference) + " (" + why + ")");
            }
        }
        if (looked.isEmpty()) {
            source.take(found);
            return "registries";
        }
        return String.join(", ", looked);
    }

    private static String place(ImageReference reference) {
        return "the registry " + Names.repository(reference);
    }

    private List<RemoteImage> ask(SortedSet<ImageReference> wanted) throws IOException {
        var work = new ArrayList<Callable<RemoteImage>>();
        for (var reference : wanted) {
            work.add(() -> ask(reference));
        }
        into.progress().at("asking registries for " + Plural.of(wanted.size(), "image"), 0, 0);
        return Crew.run(CONNECTIONS, work);
    }

    private RemoteImage ask(ImageReference reference) throws IOException {
        var repository = registries.repository(Names.repository(reference));
        try {
            return new RemoteReader(reference, repository, into.platform(), into.former())
                    .read(manifest(reference, repository));
        } catch (RegistryUnreachableException | RegistryRefusedException notToBeHad) {
            return new RemoteImage.Missing(reference, String.valueOf(notToBeHad.getMessage()));
        }
    }

    private Manifest manifest(ImageReference reference, Repository repository) throws IOException {
        if (!reference.digest().isEmpty()) {
            return repository.manifest(new Digest(reference.digest()));
        }
        var pinned = into.pins().of(reference).map(LockedImage::registry).orElse("");
        if (!pinned.isEmpty() && !into.pins().areLocked()) {
            return repository.manifest(new Digest(pinned));
        }
        var now = repository.manifest(reference.tag());
        if (!pinned.isEmpty() && !now.digest().value().equals(pinned)) {
            throw new BadBundleException(
                    "%s: the tag was moved: the lock pins %s, the registry has %s under it now; build without --locked to keep what is pinned, with --update to take what is there now"
                            .formatted(reference, pinned, now.digest()));
        }
        return now;
    }

    private void take(List<RemoteImage.Found> found) throws IOException {
        var layers = layers(found);
        var total =
                layers.values().stream().mapToLong(layer -> layer.blob().size()).sum();
        var tally = new Tally("pulling " + said(found), total, into.progress());
        var work = layers.values().stream()
                .sorted(Comparator.comparingLong((Layer layer) -> layer.blob().size())
                        .reversed())
                .<Callable<Layer>>map(layer -> () -> take(layer, tally))
                .toList();
        Crew.run(CONNECTIONS, work);
        for (var image : found) {
            into.add(image.reference(), image.registry().value(), image.offer(), Map.of());
        }
    }

    private static String said(List<RemoteImage.Found> found) {
        return found.size() == 1 ? found.getFirst().reference().toString() : Plural.of(found.size(), "image");
    }

    /// @param plain the digest that it has to have when it is decompressed
    private record Layer(Repository repository, Content blob, Digest plain) {}

    /// Every layer once, whichever images have it, in however many forms.
    private static Map<Digest, Layer> layers(List<RemoteImage.Found> found) {
        var layers = new LinkedHashMap<Digest, Layer>();
        for (var image : found) {
            for (var i = 0; i < image.blobs().size(); i++) {
                var plain = image.offer().diffIds().get(i);
                layers.putIfAbsent(
                        plain, new Layer(image.repository(), image.blobs().get(i), plain));
            }
        }
        return layers;
    }

    /// The largest come first, so that none of them is waited for alone at the end.
    private Layer take(Layer layer, Tally tally) throws IOException {
        if (into.has(layer.plain())) {
            tally.add(layer.blob().size());
            return layer;
        }
        try (var blob =
                layer.repository().blob(layer.blob().digest(), layer.blob().size())) {
            var came = into.staging().add(tally.watch(blob), null); // the stream itself fails where the digest is wrong
            if (!came.plain().digest().equals(layer.plain())) {
                throw new BadBundleException("%s: the layer %s is %s, its config says %s"
                        .formatted(
                                layer.repository().name(),
                                layer.blob().digest(),
                                came.plain().digest(),
                                layer.plain()));
            }
        }
        return layer;
    }
}
