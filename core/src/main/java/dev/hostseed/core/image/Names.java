package dev.hostseed.core.image;

import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.registry.RepositoryName;
import java.util.Optional;

/// The short and the long form of an image's name: Docker writes `redis:7.4` for people and
/// `docker.io/library/redis:7.4` in annotations.
///
/// Rule: distribution/reference, "familiar names".
final class Names {
    private static final String DEFAULT_HOST = "docker.io/";
    private static final String OLD_DEFAULT_HOST = "index.docker.io/";
    private static final String DEFAULT_FOLDER = "library/";

    private Names() {}

    /// Name and tag as people write them. A digest is left out; so is the tag where only a digest is written.
    static String familiar(ImageReference reference) {
        var name = reference.name();
        for (var host : new String[] {DEFAULT_HOST, OLD_DEFAULT_HOST}) {
            if (name.startsWith(host)) {
                name = name.substring(host.length());
                name = name.startsWith(DEFAULT_FOLDER) ? name.substring(DEFAULT_FOLDER.length()) : name;
            }
        }
        return reference.tag().isEmpty() ? name : name + ":" + reference.tag();
    }

    /// The familiar name in what an archive calls an image; nothing where that is not a name.
    static Optional<String> familiar(String written) {
        try {
            return Optional.of(familiar(ImageReference.parse(written)));
        } catch (IllegalArgumentException notAName) {
            return Optional.empty(); // such as "<none>:<none>": an image without a name
        }
    }

    /// Where the registry of `reference` has it.
    static RepositoryName repository(ImageReference reference) {
        var whole = full(reference);
        var slash = whole.indexOf('/');
        var domain = whole.substring(0, slash);
        var path = whole.substring(
                slash + 1,
                whole.length() - reference.tagged().length() + reference.name().length());
        if ((domain + "/").equals(DEFAULT_HOST) || (domain + "/").equals(OLD_DEFAULT_HOST)) {
            var folder = path.contains("/") ? "" : DEFAULT_FOLDER;
            return new RepositoryName(without(DEFAULT_HOST), without(OLD_DEFAULT_HOST), folder + path);
        }
        return new RepositoryName(domain, domain, path);
    }

    private static String without(String slashed) {
        return slashed.substring(0, slashed.length() - 1);
    }

    /// Name and tag with nothing left out, as the containerd store needs them in an archive.
    static String full(ImageReference reference) {
        var tagged = reference.tagged();
        var slash = tagged.indexOf('/');
        var first = slash < 0 ? "" : tagged.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            return tagged;
        }
        return DEFAULT_HOST + (slash < 0 ? DEFAULT_FOLDER : "") + tagged;
    }
}
