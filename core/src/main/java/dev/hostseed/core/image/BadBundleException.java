package dev.hostseed.core.image;

import java.io.IOException;

/// A bundle, an archive, a lock or a digest is not acceptable. Nothing of it has reached an Engine.
public class BadBundleException extends IOException {
    public BadBundleException(String message) {
        super(message);
    }
}
