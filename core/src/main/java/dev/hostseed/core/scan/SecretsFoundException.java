package dev.hostseed.core.scan;

import java.io.IOException;

/// There are secrets in the images that nobody allowed. Who asked was told of each already.
public final class SecretsFoundException extends IOException {
    public SecretsFoundException(String message) {
        super(message);
    }
}
