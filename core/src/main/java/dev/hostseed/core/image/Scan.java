package dev.hostseed.core.image;

import java.util.List;

/// What the search for secrets in an image's layers came to, where it let the images pass.
///
/// @param rules the version of the rules that every layer was searched by; 0 if none was searched
/// @param allowed what was found, and is allowed by name
public record Scan(int rules, List<AllowedSecret> allowed) {
    /// Nothing was searched.
    public static final Scan NONE = new Scan(0, List.of());

    public Scan {
        allowed = List.copyOf(allowed);
        if (rules < 0) {
            throw new IllegalArgumentException("not a version of rules: " + rules);
        }
    }

    /// Something that looks like a secret, and of which somebody has said why it may be there.
    ///
    /// @param fingerprint of layer, path, rule and value
    /// @param date of the decision, `2026-01-31`
    public record AllowedSecret(String fingerprint, String reason, String date) {}
}
