package dev.hostseed.core.image;

import java.io.IOException;

/// Another run is making a bundle at the same place; nothing was changed.
public final class BundleInUseException extends IOException {
    BundleInUseException(String message) {
        super(message);
    }
}
