package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import java.util.List;
import java.util.Set;

/// An image that an archive holds, before its layers were read.
///
/// @param names under which it goes there, as people write them: `redis:7.4`
/// @param tags that stand alone, where the archive has no more of a name
/// @param digests of its manifest and of the indexes above it; none where the archive has none that a registry knows
/// @param config byte by byte
/// @param platform as the config says
/// @param diffIds of the layers, as the config says
/// @param layers files of the archive, from the lowest
record Offer(
        Set<String> names,
        Set<String> tags,
        Set<Digest> digests,
        byte[] config,
        Platform platform,
        List<Digest> diffIds,
        List<String> layers) {
    Offer {
        names = Set.copyOf(names);
        tags = Set.copyOf(tags);
        digests = Set.copyOf(digests);
        diffIds = List.copyOf(diffIds);
        layers = List.copyOf(layers);
    }

    /// One that has no tag standing alone.
    Offer(
            Set<String> names,
            Set<Digest> digests,
            byte[] config,
            Platform platform,
            List<Digest> diffIds,
            List<String> layers) {
        this(names, Set.of(), digests, config, platform, diffIds, layers);
    }

    /// Whether this is the image that `wanted` names, going by its tag and by `called`, what the archive itself is
    /// called: `redis` with the tag `7.4` in it is `redis:7.4`, and `library/redis:7.4`.
    boolean answers(ImageReference wanted, String called) {
        var name = wanted.name();
        return answers(wanted)
                || wanted.digest().isEmpty()
                        && tags.contains(wanted.tag())
                        && name.substring(name.lastIndexOf('/') + 1).equals(called);
    }

    /// Whether this is the image that `wanted` names. A digest in the reference decides where the archive has digests;
    /// `docker save` writes none that a registry knows, there the tag has to do.
    boolean answers(ImageReference wanted) {
        if (wanted.digest().isEmpty()) {
            return names.contains(Names.familiar(wanted));
        }
        return digests.contains(new Digest(wanted.digest()))
                || digests.isEmpty() && !wanted.tag().isEmpty() && names.contains(Names.familiar(wanted));
    }

    /// Whether the image runs on `machine`.
    boolean runsOn(Platform machine) {
        return platform.matches(machine);
    }
}
