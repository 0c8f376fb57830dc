package dev.hostseed.core.image;

import dev.hostseed.core.engine.EngineUnreachableException;
import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where images were looked for, and what was there in their place: what is to be said of one that was not found.
final class Whereabouts {
    private final List<String> looked = new ArrayList<>();
    private final SortedMap<ImageReference, String> foreign = new TreeMap<>();
    private @Nullable EngineUnreachableException unbuilt;

    void looked(String where) {
        looked.add(where);
    }

    /// The image is there, but for `platforms` alone.
    void foreign(ImageReference reference, String platforms) {
        foreign.putIfAbsent(reference, platforms);
    }

    boolean areForeign(Collection<ImageReference> images) {
        return foreign.keySet().containsAll(images);
    }

    /// The Engine that was to build images does not answer, which is no fault while another source may have them.
    void unbuilt(EngineUnreachableException why) {
        unbuilt = why;
    }

    /// Why `missing`, one image or more, cannot be had for `platform`.
    IOException refusal(SortedSet<ImageReference> missing, Platform platform) {
        if (areForeign(missing)) {
            return new WrongPlatformException(
                    "%s, the host is %2$s; pull or build it for %2$s".formatted(platforms(missing), platform));
        }
        if (unbuilt != null) {
            return new EngineUnreachableException(
                    "%s; looked in %s; start the Engine, or save the image where it is built (docker save %s) and give the archive"
                            .formatted(unbuilt.getMessage(), places("no archive"), missing.getFirst()),
                    unbuilt);
        }
        return new BadBundleException(
                "not found: %s; looked in %s; pull or build what is missing (docker pull %s), or save it where it is (docker save %3$s) and give the archive"
                        .formatted(names(missing), places("no source"), missing.getFirst()));
    }

    private String platforms(SortedSet<ImageReference> images) {
        return images.stream()
                .map(image -> image + " is for " + foreign.get(image))
                .collect(Collectors.joining(", "));
    }

    private static String names(SortedSet<ImageReference> images) {
        return images.stream().map(ImageReference::toString).collect(Collectors.joining(", "));
    }

    private String places(String none) {
        return looked.isEmpty() ? none : String.join(", ", looked);
    }
}
