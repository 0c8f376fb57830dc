package dev.hostseed.core.image;

import java.io.IOException;
import java.util.Map;

/// What signs the lock of a bundle that is being made, before the bundle takes its place.
@FunctionalInterface
public interface Signer {
    /// Signs nothing.
    Signer NONE = lock -> Map.of();

    /// Signatures over `lock`, by the names that they have in a bundle.
    ///
    /// @throws IOException if the key cannot be used; the bundle that was there stays
    Map<String, byte[]> sign(byte[] lock) throws IOException;
}
