package dev.hostseed.cloudinit.iso;

import java.io.IOException;

/// A file that an ISO image cannot hold as it is named: the message says which, and which rule it breaks.
public final class UnfitForIsoException extends IOException {
    UnfitForIsoException(String message) {
        super(message);
    }
}
