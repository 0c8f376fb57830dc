package dev.hostseed.core.host;

import java.util.regex.Pattern;

/// The name of an image as it is written in a Compose file.
///
/// @param name repository with the registry, if one is written: `redis`, `example/web`, `registry.example:5000/a/b`
/// @param tag without the colon; `latest` if neither tag nor digest is written; empty if only a digest is
/// @param digest without the at sign; empty if none is written
///
/// Rule: the grammar of distribution/reference, which the Engine uses.
public record ImageReference(String name, String tag, String digest) implements Comparable<ImageReference> {
    private static final String COMPONENT = "[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*";
    private static final String HOST = "(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
            + "(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\\[[0-9a-fA-F:]+])(?::[0-9]+)?";
    private static final Pattern RULE = Pattern.compile("(?<name>(?:" + HOST + "/)?" + COMPONENT + "(?:/" + COMPONENT
            + ")*)(?::(?<tag>[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?");

    /// @throws IllegalArgumentException if `text` is not a reference
    public static ImageReference parse(String text) {
        var match = RULE.matcher(text);
        if (text.length() > 512 || !match.matches() || match.group("name").length() > 255) {
            throw new IllegalArgumentException("not an image reference: '" + text + "'");
        }
        var tag = match.group("tag");
        var digest = match.group("digest");
        if (tag == null) {
            tag = digest == null ? "latest" : "";
        }
        return new ImageReference(match.group("name"), tag, digest == null ? "" : digest);
    }

    /// The name with its tag: what the Engine lists and an archive's `RepoTags` holds. Without a tag, the name and the
    /// first twelve digits of the digest as its tag, since the Engine cannot tag by digest.
    public String tagged() {
        return name + ":" + (tag.isEmpty() ? digest.substring("sha256:".length(), "sha256:".length() + 12) : tag);
    }

    @Override
    public int compareTo(ImageReference other) {
        return toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
        return name + (tag.isEmpty() ? "" : ":" + tag) + (digest.isEmpty() ? "" : "@" + digest);
    }
}
