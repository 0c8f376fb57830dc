package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.TarEntry.Kind;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The small files of an archive, held in memory, and its links. Files whose name is a digest are checked against it.
final class Documents {
    static final int MAX_SIZE = 4 << 20; // bytes; what registries and other tools take for a manifest
    private static final int MAX_TOTAL = 64 << 20;

    private final Map<String, byte[]> files = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();
    private long total;

    /// Keeps `entry` if it is a link, or may be JSON.
    ///
    /// @return whether it was kept; if not, `content` is as it was, but for being buffered
    boolean keep(TarEntry entry, InputStream content) throws IOException {
        if (entry.kind() == Kind.SYMBOLIC_LINK) {
            links.put(entry.name(), TarNames.target(entry.name(), entry.target()));
            return true;
        }
        if (entry.size() > MAX_SIZE || !mayBeJson(entry.name(), content)) {
            return false;
        }
        var bytes = content.readAllBytes();
        total += bytes.length;
        if (total > MAX_TOTAL) {
            throw new BadBundleException("more than " + (MAX_TOTAL >> 20) + " MiB of JSON");
        }
        var digest = digestIn(entry.name());
        if (digest.isPresent() && !digest.get().equals(Digest.of(bytes))) {
            throw new BadBundleException(entry.name() + ": damaged, its digest is " + Digest.of(bytes));
        }
        files.put(entry.name(), bytes);
        return true;
    }

    /// `content`, so that [#keep] can look at its first byte.
    static InputStream buffered(InputStream content) {
        return new BufferedInputStream(content);
    }

    Optional<byte[]> find(String name) {
        return Optional.ofNullable(files.get(resolved(name)));
    }

    byte[] get(String name) throws BadBundleException {
        return find(name).orElseThrow(() -> new BadBundleException("'" + name + "' is not in the archive"));
    }

    /// The file that `name` stands for: its own, or the one it links to.
    String resolved(String name) {
        return links.getOrDefault(name, name);
    }

    /// The digest that a file of this name has to have: blobs are named by it, and so are configs in `docker save`.
    static Optional<Digest> digestIn(String name) {
        var hex = name.startsWith("blobs/sha256/")
                ? name.substring("blobs/sha256/".length())
                : name.endsWith(".json") ? name.substring(0, name.length() - ".json".length()) : "";
        var isHex = hex.length() == 64 && hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f');
        return isHex ? Optional.of(new Digest("sha256:" + hex)) : Optional.empty();
    }

    private static boolean mayBeJson(String name, InputStream content) throws IOException {
        if (!name.startsWith("blobs/")) {
            return name.endsWith(".json") || name.equals("oci-layout");
        }
        content.mark(1);
        var first = content.read();
        content.reset();
        return first == '{';
    }
}
