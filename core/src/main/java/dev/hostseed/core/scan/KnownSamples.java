package dev.hostseed.core.scan;

import dev.hostseed.core.host.Digest;
import java.util.Set;

/// Secrets that everybody has: samples of manuals, test data of distributions, defaults of tools. By the first 16
/// hexadecimal digits of the SHA-256 of their value; that of a key is its base 64, without line breaks and padding.
final class KnownSamples {
    private static final int LENGTH = 16;
    private static final Set<String> DIGESTS = Set.of(
            "ed967197261c16a9", // the emulator of Azure's storage, Azurite
            "eddfc7b6d5cdcbf0"); // the manual of Google's compute API, and what is made of it

    private KnownSamples() {}

    static boolean has(byte[] value) {
        return DIGESTS.contains(digest(value));
    }

    static String digest(byte[] value) {
        return Digest.of(value).hex().substring(0, LENGTH);
    }
}
