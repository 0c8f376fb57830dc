package dev.hostseed.core.registry;

import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Locale;
import java.util.Map;

/// One repository of a registry, to read from.
///
/// Rule: OCI Distribution Specification 1.1, "Pull".
public final class Repository {
    /// In bytes; what registries take for a manifest.
    public static final int MAX_DOCUMENT = 4 << 20;

    private static final Map<String, String> KNOWN = Map.of(
            "Accept",
            String.join(
                    ", ",
                    "application/vnd.oci.image.index.v1+json",
                    "application/vnd.oci.image.manifest.v1+json",
                    "application/vnd.docker.distribution.manifest.list.v2+json",
                    "application/vnd.docker.distribution.manifest.v2+json"));

    private final RepositoryName name;
    private final Registry registry;

    Repository(RepositoryName name, Registry registry) {
        this.name = name;
        this.registry = registry;
    }

    public RepositoryName name() {
        return name;
    }

    /// The manifest or index that goes by `tag`.
    ///
    /// @throws RegistryRefusedException if there is none, or not for us
    public Manifest manifest(String tag) throws IOException {
        return fetch(tag);
    }

    /// The manifest or index `digest`.
    ///
    /// @throws RegistryRefusedException if there is none, or not for us
    public Manifest manifest(Digest digest) throws IOException {
        var manifest = fetch(digest.value());
        if (!manifest.digest().equals(digest)) {
            throw new WrongContentException("%s@%s: what came is %s".formatted(name, digest, manifest.digest()));
        }
        return manifest;
    }

    /// The blob `digest`, to be read to its end: only then is it certain that it is the one. It is downloaded while it
    /// is read, and where the connection breaks it goes on with another one.
    ///
    /// @param size in bytes
    /// @return fails with a [WrongContentException] in place of its end, or where it goes on beyond `size`
    public InputStream blob(Digest digest, long size) {
        return new BlobInput(registry, name, digest, size);
    }

    private Manifest fetch(String reference) throws IOException {
        for (var attempt = 1; ; attempt++) {
            try (var answer = registry.get(name, "manifests/" + reference, KNOWN)) {
                return read(reference, answer);
            } catch (RegistryException | InterruptedIOException decided) {
                throw decided;
            } catch (IOException broken) {
                if (attempt >= registry.patience().attempts()) {
                    throw new RegistryUnreachableException(
                            name.host() + " broke off: " + Clients.reason(broken), broken, false);
                }
            }
            registry.patience().wait(attempt);
        }
    }

    private Manifest read(String reference, Answer answer) throws IOException {
        var bytes = answer.body().readNBytes(MAX_DOCUMENT + 1);
        if (bytes.length > MAX_DOCUMENT) {
            throw new WrongContentException("%s: the manifest '%s' has more than %d MiB: no manifest is as large"
                    .formatted(name, reference, MAX_DOCUMENT >> 20));
        }
        var digest = Digest.of(bytes);
        var said = answer.header("Docker-Content-Digest");
        if (said.startsWith("sha256:") && !said.equals(digest.value())) {
            throw new WrongContentException("%s: the registry says that '%s' is %s, what came is %s"
                    .formatted(name, reference, Printable.line(said), digest));
        }
        var type = answer.header("Content-Type");
        var end = type.indexOf(';');
        var bare = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return new Manifest(bare, digest, bytes);
    }
}
