package dev.hostseed.core.scan;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.scan.FileHits.Placed;
import dev.hostseed.core.scan.LayerEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Goes through one layer, and through the archives in it.
final class LayerScanner {
    /// More in one layer tell nobody anything; that there are more is told.
    static final int MOST = 500;

    static final SecretRule MORE = new SecretRule(
            "more",
            Severity.LOW,
            "more than " + MOST + " secrets",
            "in one layer, of which those that follow are not told");
    static final SecretRule UNREAD = new SecretRule(
            "archive-unread",
            Severity.LOW,
            "an archive that was not looked into to its end",
            "it is damaged or encrypted, or unpacks to far more than the layer");

    private final Digest layer;
    private final LayerTar tar;
    private final FileScanner files;
    private final List<Sighting> sightings = new ArrayList<>();
    private final Map<String, List<String>> links = new HashMap<>();

    private LayerScanner(Digest layer, LayerTar tar) {
        this.layer = layer;
        this.tar = tar;
        this.files = new FileScanner(new Budget(tar), this::add);
    }

    /// Reads `tar` to its end.
    ///
    /// @throws MalformedLayerException if it is no tar
    static LayerFindings scan(Digest layer, InputStream tar) throws IOException {
        var scanner = new LayerScanner(layer, new LayerTar(tar));
        scanner.scan();
        return new LayerFindings(layer, scanner.sightings, scanner.links, scanner.tar.read());
    }

    private void scan() throws IOException {
        for (var entry = tar.next(); entry.isPresent(); entry = tar.next()) {
            var one = entry.get();
            if (one.kind() == Kind.HARD_LINK) {
                link(one);
            } else if (one.kind() == Kind.FILE && one.size() > 0) {
                files.scan(one.path(), tar.content());
            }
        }
    }

    /// A further name of a file with a secret, or a name that makes a secret of a file.
    private void link(LayerEntry entry) {
        if (sightings.stream().anyMatch(sighting -> sighting.file().equals(entry.target()))) {
            links.computeIfAbsent(entry.target(), ignored -> new ArrayList<>()).add(entry.path());
            return;
        }
        PathRules.of(entry.path()).filter(PathRules.PathRule::isWhole).ifPresent(rule -> {
            var target = new Window(entry.target().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            add(entry.path(), entry.path(), new Placed(Hit.of(rule.rule(), target, 0, 0), 0, 0));
        });
    }

    private void add(String path, String file, Placed placed) {
        if (sightings.size() == MOST) {
            sightings.add(Sighting.of(layer, path, file, new Placed(Hit.of(MORE), 0, 0)));
        } else if (sightings.size() < MOST) {
            sightings.add(Sighting.of(layer, path, file, placed));
        }
    }
}
