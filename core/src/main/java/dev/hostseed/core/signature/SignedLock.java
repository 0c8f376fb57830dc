package dev.hostseed.core.signature;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;

/// The part of an [Admission] that knows of keys: apart, so that hosts without any never load it.
final class SignedLock {
    private SignedLock() {}

    /// Demands that a key in `trusted` has signed `lock`.
    ///
    /// @return who did, for people; empty if no key is trusted after all
    static String verify(Path bundle, byte[] lock, Path trusted, InstantSource clock) throws IOException {
        var trust = Trust.in(trusted, clock.withZone(ZoneId.systemDefault()));
        if (trust.isEmpty()) {
            return "";
        }
        return trust.verify(bundle, lock).stream()
                .filter(Signed::trusted)
                .map(Signed::toString)
                .collect(joining(", "));
    }
}
