package dev.hostseed.core.signature;

/// That a lock was signed, and by whom.
///
/// @param file with the signature, in the bundle
/// @param kind of the key, for people: `ECDSA nistp256`
/// @param fingerprint of the key: `SHA256:…`
/// @param name what is said of the key where it is trusted; empty if nothing is, or it is not
/// @param trusted whether the key is among those that were given
public record Signed(String file, String kind, String fingerprint, String name, boolean trusted) {
    @Override
    public String toString() {
        return kind + " key " + fingerprint + (name.isEmpty() ? "" : " (" + name + ")");
    }
}
