package dev.hostseed.core.scan;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.scan.FileHits.Placed;

/// A secret in one layer, whatever lies above.
///
/// @param path in the layer; `!` separates that of a file within an archive
/// @param file of the layer: `path` without what is within an archive
/// @param line from 1; 0 where the file has no lines
/// @param preview of the value: at most four characters, and at most a quarter of it
/// @param length of the value in bytes
/// @param mark known of this value alone, of which it tells nothing: see [Mark]
record Sighting(
        SecretRule rule,
        Severity severity,
        String path,
        String file,
        int line,
        String preview,
        int length,
        String mark) {

    /// How grave `hit` is where it lies.
    static Severity severity(String path, Hit hit) {
        var isSample = KnownSamples.has(hit.value())
                || Distribution.isSample(path)
                || !hit.isSure() && Distribution.isPackaged(path);
        return isSample ? Severity.LOW : hit.severity();
    }

    static Sighting of(Digest layer, String path, String file, Severity severity, Placed placed) {
        var hit = placed.hit();
        return new Sighting(
                hit.rule(),
                severity,
                path,
                file,
                placed.line(),
                Redaction.preview(hit.value()),
                hit.value().length,
                Mark.of(layer.value(), path, hit.rule(), hit.value()));
    }
}
