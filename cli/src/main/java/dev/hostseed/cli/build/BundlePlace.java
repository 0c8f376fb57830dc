package dev.hostseed.cli.build;

import dev.hostseed.core.image.Bundle;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a bundle is that somebody names.
final class BundlePlace {
    static final String WORDS = "A directory or an archive, or what 'hostseed build' made, with one in it";

    private BundlePlace() {}

    /// `named`, or what lies in it if that is what `hostseed build` made: that has a lock, too.
    static Path of(Path named) {
        var inside = named.resolve("bundle");
        return Files.exists(inside.resolve(Bundle.LOCK)) ? inside : named;
    }
}
