package dev.hostseed.systemd.supervise;

import java.io.IOException;

/// Something stands in the way that is not ours to touch, or not as safe as it has to be. It was left as it is.
public final class PolicyException extends IOException {
    public PolicyException(String message) {
        super(message);
    }
}
