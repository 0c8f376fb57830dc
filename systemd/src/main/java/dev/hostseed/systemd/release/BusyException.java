package dev.hostseed.systemd.release;

import java.io.IOException;

/// Another installation is under way. Nothing was changed.
public final class BusyException extends IOException {
    public BusyException(String message) {
        super(message);
    }
}
