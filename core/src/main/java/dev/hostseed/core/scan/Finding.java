package dev.hostseed.core.scan;

import java.util.List;

/// A secret in images.
///
/// @param rule by which it was found
/// @param images that have it in this way, by name
/// @param layer from 1; 0 if it is in the image's config
/// @param createdBy what made the layer, as the image's history has it, without values that may be secret; empty if
/// that is not known
/// @param path in the layer, from `/`, or the place in the config; `!` separates the path within an archive
/// @param line from 1; 0 where there are no lines
/// @param preview of the value: at most four characters, and at most a quarter of it
/// @param length of the value in bytes
/// @param mark by which an allow file names this finding
public record Finding(
        SecretRule rule,
        Severity severity,
        List<String> images,
        int layer,
        String createdBy,
        String path,
        int line,
        Fate fate,
        String preview,
        int length,
        String mark) {
    public Finding {
        images = List.copyOf(images);
    }

    /// The same finding in other images.
    Finding in(List<String> others) {
        return new Finding(rule, severity, others, layer, createdBy, path, line, fate, preview, length, mark);
    }
}
