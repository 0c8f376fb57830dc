package dev.hostseed.core.signature;

import java.io.IOException;

/// A signature or a trusted key is not acceptable, or there is no signature where one is demanded. Whatever
/// foreign bytes are handed to this package, it throws nothing else because of them.
public final class BadSignatureException extends IOException {
    public BadSignatureException(String message) {
        super(message);
    }

    /// The same, said of `file`.
    BadSignatureException in(Object file) {
        return new BadSignatureException(file + ": " + getMessage());
    }
}
