package dev.hostseed.systemd.release;

import java.io.IOException;

/// A unit of the release has the name of one that is not ours. Nothing was changed.
public final class ForeignUnitException extends IOException {
    public ForeignUnitException(String message) {
        super(message);
    }
}
