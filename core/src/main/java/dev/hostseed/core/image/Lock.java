package dev.hostseed.core.image;

import dev.hostseed.core.host.ProjectName;
import java.util.List;

/// What `hostseed.lock` says: every image of a project, by digest.
///
/// @param version 1 or more; each change of the images counts it up, so that an older lock is known for one
/// @param scan what the search for secrets in the layers came to
/// @param images by reference, each once
public record Lock(ProjectName project, long version, Scan scan, List<LockedImage> images) {
    public Lock {
        images = List.copyOf(images);
        if (version < 1) {
            throw new IllegalArgumentException("not a version of a lock: " + version);
        }
    }
}
