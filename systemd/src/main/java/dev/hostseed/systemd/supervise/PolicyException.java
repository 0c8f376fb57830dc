package dev.hostseed.systemd.supervise;

import java.io.IOException;

/// Something in the Engine stands in the way that is not ours to touch. It was left as it is.
public final class PolicyException extends IOException {
    public PolicyException(String message) {
        super(message);
    }
}
