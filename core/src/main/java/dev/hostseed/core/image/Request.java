package dev.hostseed.core.image;

import dev.hostseed.core.host.ImageReference;
import dev.hostseed.core.host.Platform;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.scan.Search;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/// What a bundle is to hold.
///
/// @param platform that all images have to run on
/// @param pins what an earlier lock of the project holds the images to
/// @param search for secrets in the images
public record Request(
        ProjectName project, SortedSet<ImageReference> images, Platform platform, Pins pins, Search search) {
    public Request {
        images = Collections.unmodifiableSortedSet(new TreeSet<>(images));
    }

    /// Of images that nobody looks into.
    public Request(ProjectName project, SortedSet<ImageReference> images, Platform platform, Pins pins) {
        this(project, images, platform, pins, Search.OFF);
    }
}
