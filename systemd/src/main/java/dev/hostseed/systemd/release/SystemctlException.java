package dev.hostseed.systemd.release;

import java.io.IOException;

/// systemd did not do as it was told, or did not answer in time. What was installed stays installed, and is started
/// with the next boot.
public final class SystemctlException extends IOException {
    public SystemctlException(String message) {
        super(message);
    }

    public SystemctlException(String message, Throwable cause) {
        super(message, cause);
    }
}
