package dev.hostseed.core.image;

import dev.hostseed.core.data.Plural;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.image.LockedImage.Content;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import dev.hostseed.core.registry.Manifest;
import dev.hostseed.core.registry.Registries;
import dev.hostseed.core.registry.RegistryRefusedException;
import dev.hostseed.core.registry.RegistryUnreachableException;
import dev.hostseed.core.registry.Repository;
import dev.hostseed.core.work.Crew;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/// Images out of registries: first what each of them is, then all layers that are not there yet, each once, several
/// at a time.
final class RegistrySource {
    private static final int CONNECTIONS = 4; // measured: docs/decisions/0013-registries-are-read-by-our-own-client.md

    private static final int PROCESSORS = 2; // what reading layers is bound by

    private final Registries registries;
    private final Collection into;

    private RegistrySource(Registries registries, Collection into) {
        this.registries = registries;
        this.into = into;
    }

    /// Takes those of `wanted` in that registries have. What is pinned, and whole in the bundle before, is not asked
    /// for. If one is not to be had, no layer of any is read: without it there is no bundle.
    ///
    /// @return where was looked, for a message
    static String collect(Registries registries, SortedSet<ImageReference> wanted, Collection into) throws IOException {
        var source = new RegistrySource(registries, into);
        var asked = source.withoutKept(wanted);
        var found = new ArrayList<RemoteImage.Found>();
        var looked = new ArrayList<String>();
        for (var image : asked.isEmpty() ? List.<RemoteImage>of() : source.ask(asked)) {
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
        }
        found.forEach(image -> into.offer(image.reference()));
        return looked.isEmpty() ? "registries" : String.join(", ", looked);
    }

    /// What of `wanted` is not pinned, or not whole in the bundle before; the rest is taken from there.
    private SortedSet<ImageReference> withoutKept(SortedSet<ImageReference> wanted) throws IOException {
        var rest = new TreeSet<>(wanted);
        if (into.pins().areLocked()) {
            return rest; // the registry says whether a tag was moved
        }
        var layers = new LinkedHashSet<Digest>();
        var kept = new TreeMap<ImageReference, String>();
        for (var reference : wanted) {
            var config = into.pins()
                    .of(reference)
                    .filter(image -> !image.registry().isEmpty())
                    .map(image -> image.config().digest().value())
                    .orElse("");
            var offer = into.former().find(config);
            if (offer.isPresent()) {
                kept.put(reference, config);
                layers.addAll(offer.get().diffIds());
            }
        }
        have(layers);
        for (var image : kept.entrySet()) {
            if (into.addFormer(image.getKey(), image.getValue())) {
                rest.remove(image.getKey());
            }
        }
        return rest;
    }

    /// Which of `layers` are there, or in the bundle before. That takes reading them: so it is done for several at
    /// once.
    private Set<Digest> have(Set<Digest> layers) throws IOException {
        var work = new ArrayList<Callable<Optional<Digest>>>();
        for (var layer : layers) {
            work.add(() -> into.has(layer) ? Optional.of(layer) : Optional.empty());
        }
        return Crew.run(PROCESSORS, work).stream().flatMap(Optional::stream).collect(Collectors.toSet());
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
        layers.keySet().removeAll(have(layers.keySet()));
        var total =
                layers.values().stream().mapToLong(layer -> layer.blob().size()).sum();
        var tally = new Tally("pulling " + said(found), total, into.progress());
        var work = layers.values().stream()
                .sorted(Comparator.comparingLong((Layer layer) -> layer.blob().size())
                        .reversed()) // so that none of the largest is waited for alone at the end
                .<Callable<LockedLayer>>map(layer -> () -> take(layer, tally))
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

    private LockedLayer take(Layer layer, Tally tally) throws IOException {
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
            return came;
        }
    }
}
