package dev.hostseed.systemd.supervise;

import java.io.IOException;

/// A command that has to end well for a container to be of use did not.
public final class HookFailedException extends IOException {
    HookFailedException(String message) {
        super(message);
    }
}
