package dev.hostseed.core.scan;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Json;
import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.scan.Search.Extent;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Looks into images: each layer once, however many images have it, and again the headers of those above a layer in
/// which something was found.
public final class SecretScan {
    private final List<ScannedImage> images;
    private final Layers layers;
    private final Search search;
    private final Map<Digest, LayerFindings> findings = new ConcurrentHashMap<>();
    private final Map<Digest, LayerTrace> traces = new ConcurrentHashMap<>();
    private final Trust trust;

    /// Where the layers are.
    public interface Layers {
        /// The plain tar of a layer; whoever asks closes it.
        InputStream open(Digest diffId) throws IOException;

        /// Does all of `work`, some of it at the same time.
        void run(List<Work> work) throws IOException;
    }

    /// What can be done at the same time as others.
    public interface Work {
        void run() throws IOException;
    }

    private SecretScan(List<ScannedImage> images, Layers layers, Search search) {
        this.images = images;
        this.layers = layers;
        this.search = search;
        this.trust = Trust.of(images, search.trusted());
    }

    /// Equal images give an equal report, in whatever order layers are read.
    ///
    /// @param clean layers in which nothing is by these very rules; they are read where states need it alone
    /// @throws MalformedLayerException if a layer is no tar
    public static SecretReport of(List<ScannedImage> images, Layers layers, Search search, Set<Digest> clean)
            throws IOException {
        var scan = new SecretScan(images, layers, search);
        scan.readLayers(search.extent() == Extent.CHANGED ? clean : Set.of());
        scan.traceLayers();
        return scan.report();
    }

    private void readLayers(Set<Digest> clean) throws IOException {
        var wanted = new LinkedHashSet<Digest>();
        images.forEach(image -> wanted.addAll(image.layers()));
        wanted.removeAll(trust.layers());
        wanted.removeAll(clean);
        layers.run(wanted.stream().<Work>map(layer -> () -> read(layer)).toList());
    }

    private void read(Digest layer) throws IOException {
        try (var tar = layers.open(layer)) {
            findings.put(layer, LayerScanner.scan(layer, tar));
        } catch (MalformedLayerException malformed) {
            throw new MalformedLayerException(
                    "layer " + layer + " of " + imageWith(layer) + ": " + malformed.getMessage());
        }
    }

    private String imageWith(Digest layer) {
        return images.stream()
                .filter(image -> image.layers().contains(layer))
                .findFirst()
                .map(ScannedImage::name)
                .orElse("");
    }

    /// Of each layer that is above one with findings: what it does to their files.
    private void traceLayers() throws IOException {
        var asked = new LinkedHashMap<Digest, NavigableSet<String>>();
        for (var image : images) {
            var below = new TreeSet<String>();
            for (var layer : image.layers()) {
                if (!below.isEmpty()) {
                    asked.computeIfAbsent(layer, ignored -> new TreeSet<>()).addAll(below);
                }
                below.addAll(filesOf(layer));
            }
        }
        layers.run(asked.entrySet().stream()
                .<Work>map(layer -> () -> trace(layer.getKey(), layer.getValue()))
                .toList());
    }

    private Set<String> filesOf(Digest layer) {
        var files = new TreeSet<String>();
        var found = findings.get(layer);
        if (found != null) {
            found.sightings().forEach(sighting -> files.add(sighting.file()));
            found.links().values().forEach(files::addAll);
        }
        return files;
    }

    private void trace(Digest layer, NavigableSet<String> asked) throws IOException {
        try (var tar = layers.open(layer)) {
            traces.put(layer, LayerTrace.of(tar, asked));
        }
    }

    private SecretReport report() throws MalformedLayerException {
        var all = new Gathered();
        for (var image : images) {
            var config = config(image);
            var history = History.of(config);
            for (var i = 0; i < image.layers().size(); i++) {
                addLayer(image, i, history, all);
            }
            if (!trust.isWhole(image)) {
                addConfig(image, config, all);
            }
        }
        return all.report(search, trust);
    }

    private void addLayer(ScannedImage image, int index, History history, Gathered all) {
        var found = findings.get(image.layers().get(index));
        if (found == null || found.sightings().isEmpty()) {
            return;
        }
        all.found.add(found.layer());
        var above = image.layers().subList(index + 1, image.layers().size());
        var createdBy = history.createdBy(index + 1, image.layers().size());
        var isBase = index < history.baseLayers();
        var fates = new HashMap<String, Fate>();
        for (var sighting : found.sightings()) {
            if (sighting.rule() != AssignmentFinder.RULE || !isBase) {
                all.add(
                        image.name(),
                        new Finding(
                                sighting.rule(),
                                sighting.severity(),
                                List.of(image.name()),
                                index + 1,
                                createdBy,
                                "/" + sighting.path(),
                                sighting.line(),
                                fates.computeIfAbsent(sighting.file(), file -> fate(file, found, above, index + 2)),
                                sighting.preview(),
                                sighting.length(),
                                sighting.mark()));
            }
        }
    }

    /// Present as long as any of the file's names is.
    private Fate fate(String file, LayerFindings found, List<Digest> above, int first) {
        var own = fate(file, above, first);
        return found.links().getOrDefault(file, List.of()).stream()
                .map(link -> fate(link, above, first))
                .filter(Fate.Present.class::isInstance)
                .findFirst()
                .orElse(own);
    }

    private Fate fate(String path, List<Digest> above, int first) {
        for (var i = 0; i < above.size(); i++) {
            var trace = traces.get(above.get(i));
            var end = trace == null ? null : trace.ends().get(path);
            if (end != null) {
                return switch (end) {
                    case DELETED -> new Fate.Deleted(first + i);
                    case OVERWRITTEN -> new Fate.Overwritten(first + i);
                };
            }
        }
        return new Fate.Present();
    }

    private static void addConfig(ScannedImage image, Data.Mapping config, Gathered all) {
        for (var placed : ConfigScanner.scan(config)) {
            var hit = placed.hit();
            all.add(
                    image.name(),
                    new Finding(
                            hit.rule(),
                            hit.severity(),
                            List.of(image.name()),
                            0,
                            "",
                            placed.place(),
                            0,
                            new Fate.Present(),
                            Redaction.preview(hit.value()),
                            hit.value().length,
                            Mark.of("config", placed.place(), hit.rule(), hit.value())));
        }
    }

    private static Data.Mapping config(ScannedImage image) throws MalformedLayerException {
        try {
            return Json.readMapping(image.config());
        } catch (MalformedDataException malformed) {
            throw new MalformedLayerException("the config of " + image.name() + ": " + malformed.getMessage());
        }
    }

    /// Findings that differ in the image alone are one.
    private static final class Gathered {
        final Map<Finding, List<String>> findings = new LinkedHashMap<>();
        final Set<Digest> found = new LinkedHashSet<>();

        void add(String image, Finding finding) {
            var images = findings.computeIfAbsent(finding.in(List.of()), ignored -> new ArrayList<>());
            if (!images.contains(image)) {
                images.add(image);
            }
        }

        SecretReport report(Search search, Trust trust) {
            var refused = new ArrayList<Finding>();
            var warned = new ArrayList<Finding>();
            var allowed = new ArrayList<Finding>();
            for (var finding : sorted()) {
                var into = search.allowed().entries().containsKey(finding.mark())
                        ? allowed
                        : finding.severity().compareTo(search.refused()) <= 0 ? refused : warned;
                into.add(finding);
            }
            return new SecretReport(refused, warned, allowed, found, trust.layers(), trust.strangers());
        }

        private List<Finding> sorted() {
            return findings.entrySet().stream()
                    .map(one -> one.getKey().in(one.getValue()))
                    .sorted(Comparator.comparing(Finding::severity)
                            .thenComparing(one -> one.images().getFirst())
                            .thenComparing(Finding::layer)
                            .thenComparing(Finding::path)
                            .thenComparing(Finding::line))
                    .toList();
        }
    }
}
