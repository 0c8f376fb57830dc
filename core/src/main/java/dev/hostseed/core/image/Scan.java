package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import java.util.List;

/// What the search for secrets in an image's layers came to, where it let the images pass.
///
/// @param rules the version of the rules that every layer was searched by; 0 if none was searched
/// @param allowed what was found, and is allowed by name
/// @param trusted layers that were not judged, by diff id, since they are those of a trusted base
/// @param found layers in which something was found that does not count, by diff id: they are searched again each time
public record Scan(int rules, List<AllowedSecret> allowed, List<Digest> trusted, List<Digest> found) {
    /// Nothing was searched.
    public static final Scan NONE = new Scan(0, List.of(), List.of(), List.of());

    public Scan {
        allowed = List.copyOf(allowed);
        trusted = List.copyOf(trusted);
        found = List.copyOf(found);
        if (rules < 0) {
            throw new IllegalArgumentException("not a version of rules: " + rules);
        }
    }

    /// Of layers that were all judged, and in which nothing else was found.
    public Scan(int rules, List<AllowedSecret> allowed) {
        this(rules, allowed, List.of(), List.of());
    }

    /// Something that looks like a secret, and of which somebody has said why it may be there.
    ///
    /// @param fingerprint of layer, path, rule and value
    /// @param date of the decision, `2026-01-31`
    public record AllowedSecret(String fingerprint, String reason, String date) {}
}
