package dev.hostseed.core.image;

import dev.hostseed.core.data.Plural;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LockedImage.LockedLayer;
import dev.hostseed.core.image.Scan.AllowedSecret;
import dev.hostseed.core.scan.AllowFile;
import dev.hostseed.core.scan.MalformedLayerException;
import dev.hostseed.core.scan.ScannedImage;
import dev.hostseed.core.scan.Search;
import dev.hostseed.core.scan.SecretReport;
import dev.hostseed.core.scan.SecretRules;
import dev.hostseed.core.scan.SecretScan;
import dev.hostseed.core.scan.SecretsFoundException;
import dev.hostseed.core.work.Pair;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/// Searches staged images for secrets before they become a bundle.
final class SecretCheck {
    private final Search search;
    private final Staging staging;
    private final FormerBundle former;
    private final Progress progress;

    private SecretCheck(Search search, Staging staging, FormerBundle former, Progress progress) {
        this.search = search;
        this.staging = staging;
        this.former = former;
        this.progress = progress;
    }

    static SecretCheck of(Search search, Staging staging, FormerBundle former, Progress progress) {
        return new SecretCheck(search, staging, former, progress);
    }

    /// What to write into the lock of `images`.
    ///
    /// @throws SecretsFoundException if something was found that is grave and not allowed; who searches was told
    Scan scan(List<LockedImage> images) throws IOException {
        if (search.extent() == Search.Extent.OFF) {
            return Scan.NONE;
        }
        var report = report(images);
        search.told().accept(report);
        if (!report.refused().isEmpty()) {
            throw new SecretsFoundException(
                    "%s in the images; a bundle is read by whoever gets hold of it: take them out, or say in %s why each may stay; with --scan=off none is looked for"
                            .formatted(Plural.of(report.refused().size(), "secret"), AllowFile.NAME));
        }
        var allowed = report.allowed().stream()
                .map(finding ->
                        Objects.requireNonNull(search.allowed().entries().get(finding.mark())))
                .distinct()
                .map(entry -> new AllowedSecret(
                        entry.mark(), entry.reason(), entry.date().toString()))
                .sorted(Comparator.comparing(AllowedSecret::fingerprint))
                .toList();
        return new Scan(SecretRules.VERSION, allowed, sorted(report.trusted()), sorted(report.found()));
    }

    private SecretReport report(List<LockedImage> images) throws IOException {
        var scanned = new ArrayList<ScannedImage>();
        for (var image : images) {
            var layers =
                    image.layers().stream().map(layer -> layer.plain().digest()).toList();
            var config = Files.readAllBytes(staging.blob(image.config().digest()));
            var ids = Set.of(image.config().digest(), image.manifest().digest());
            scanned.add(new ScannedImage(image.reference().toString(), config, layers, ids));
        }
        try {
            return SecretScan.of(scanned, new Staged(images), search, former.clean(SecretRules.VERSION));
        } catch (MalformedLayerException malformed) {
            throw new BadBundleException(Objects.requireNonNull(malformed.getMessage()));
        }
    }

    private static List<Digest> sorted(Set<Digest> digests) {
        return digests.stream().sorted().toList();
    }

    private final class Staged implements SecretScan.Layers {
        private final Map<Digest, LockedLayer> layers = new HashMap<>();
        private final AtomicLong done = new AtomicLong();

        Staged(List<LockedImage> images) {
            images.forEach(image ->
                    image.layers().forEach(layer -> layers.put(layer.plain().digest(), layer)));
        }

        /// What is staged was compressed here: it cannot be more than what was read then.
        @Override
        public InputStream open(Digest diffId) throws IOException {
            var layer = Objects.requireNonNull(layers.get(diffId));
            var stored =
                    new Told(Files.newInputStream(staging.blob(layer.stored().digest())));
            return LayerFile.plain(stored, layer);
        }

        @Override
        public void run(List<SecretScan.Work> work) throws IOException {
            Pair.run(work.stream().<Pair.Work>map(one -> one::run).toList());
        }

        private final class Told extends FilterInputStream {
            Told(InputStream in) {
                super(in);
            }

            @Override
            public int read(byte[] to, int offset, int length) throws IOException {
                var n = in.read(to, offset, length);
                progress.at("searching for secrets", done.addAndGet(Math.max(0, n)), 0);
                return n;
            }
        }
    }
}
