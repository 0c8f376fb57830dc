package dev.hostseed.core.build;

import java.io.IOException;

/// A builder began, and could not make the image.
public final class BuildFailedException extends IOException {
    /// @param message has the builder's own last words, on lines of their own
    public BuildFailedException(String message) {
        super(message);
    }
}
