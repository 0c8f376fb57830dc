package dev.hostseed.core.engine;

import java.io.IOException;

/// The Engine was there, and then hung up, or went on with what is not its API: it was restarted, perhaps, or is not
/// well. Whether it did what it was asked is not known.
public final class EngineLostException extends IOException {
    public EngineLostException(String message, IOException cause) {
        super(message, cause);
    }
}
