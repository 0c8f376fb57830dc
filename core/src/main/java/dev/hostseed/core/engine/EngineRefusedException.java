package dev.hostseed.core.engine;

import java.io.IOException;

/// The Engine answered, but not with what was asked for.
public sealed class EngineRefusedException extends IOException permits EngineFullException {
    private final int status;

    /// @param status of the reply; 200 where the Engine reports an error within its stream
    /// @param message the Engine's own words, without control characters
    public EngineRefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    public final int status() {
        return status;
    }
}
