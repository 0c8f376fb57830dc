package dev.hostseed.core.engine;

import java.io.IOException;

/// Nobody answers at the Engine's socket, or we may not ask, or what answers is not the Docker Engine.
public final class EngineUnreachableException extends IOException {
    public EngineUnreachableException(String message, Throwable cause) {
        super(message, cause);
    }

    public EngineUnreachableException(String message) {
        super(message);
    }
}
