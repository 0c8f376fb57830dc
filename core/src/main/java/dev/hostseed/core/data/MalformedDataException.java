package dev.hostseed.core.data;

import java.io.IOException;

/// A text that should have been JSON, or the JSON that should have had a certain shape, was not.
public final class MalformedDataException extends IOException {
    public MalformedDataException(String message) {
        super(message);
    }
}
