package dev.hostseed.core.image;

import java.io.IOException;

/// An image was found, but made for another kind of machine: an Engine would load it, and only fail to run it.
public final class WrongPlatformException extends IOException {
    public WrongPlatformException(String message) {
        super(message);
    }
}
