package dev.hostseed.systemd.supervise;

import java.io.IOException;

/// The Engine has not the image that a container is made of.
public final class NoImageException extends IOException {
    NoImageException(String message) {
        super(message);
    }
}
