package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.scan.FileHits.Placed;
import dev.hostseed.core.scan.LayerEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Goes through one layer, and through the archives in it.
final class LayerScanner {
    /// More of one severity in one layer tell nobody anything; that there are more is told. Each severity has its own
    /// measure, so that no number of samples hides a secret behind them.
    static final int MOST = 500;

    /// Further names of files with secrets: more are not followed into other layers.
    private static final int MOST_LINKS = 10_000;

    static final SecretRule MORE = new SecretRule(
            "more",
            Severity.LOW,
            "more than " + MOST + " secrets of one severity",
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
    private final Set<String> found = new HashSet<>(); // the files of the sightings
    private final Map<Severity, Integer> counts = new EnumMap<>(Severity.class);
    private final Map<String, List<String>> links = new HashMap<>();
    private int linkCount;
    private boolean isMoreTold;

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
        if (found.contains(entry.target())) {
            if (linkCount++ < MOST_LINKS) {
                links.computeIfAbsent(entry.target(), ignored -> new ArrayList<>())
                        .add(entry.path());
            }
            return;
        }
        PathRules.of(entry.path()).filter(PathRules.PathRule::isWhole).ifPresent(rule -> {
            var target = new Window(entry.target().getBytes(UTF_8));
            add(entry.path(), entry.path(), new Placed(Hit.of(rule.rule(), target, 0, 0), 0, 0));
        });
    }

    private void add(String path, String file, Placed placed) {
        var severity = Sighting.severity(path, placed.hit());
        if (counts.merge(severity, 1, Integer::sum) <= MOST) {
            found.add(file);
            sightings.add(Sighting.of(layer, path, file, severity, placed));
        } else if (!isMoreTold) {
            isMoreTold = true;
            sightings.add(Sighting.of(layer, path, file, MORE.severity(), new Placed(Hit.of(MORE), 0, 0)));
        }
    }
}
