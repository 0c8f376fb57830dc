package dev.hostseed.core.image;

import java.io.IOException;

/// An image in an Engine's store is not what was loaded. Nothing was changed.
public final class DamagedStoreException extends IOException {
    DamagedStoreException(String message) {
        super(message);
    }
}
