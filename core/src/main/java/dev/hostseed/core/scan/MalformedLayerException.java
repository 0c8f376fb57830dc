package dev.hostseed.core.scan;

import java.io.IOException;

/// A layer is not a tar that can be read to its end.
public final class MalformedLayerException extends IOException {
    public MalformedLayerException(String message) {
        super(message);
    }
}
