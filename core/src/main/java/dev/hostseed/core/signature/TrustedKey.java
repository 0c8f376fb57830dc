package dev.hostseed.core.signature;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/// A key whose signatures are taken.
sealed interface TrustedKey {
    /// What its file says of it: the principals, or the comment; may be empty.
    String name();

    /// That it stands in.
    String file();

    /// `SHA256:…`, as `ssh-keygen -l` prints it; of a PEM file, the digest of its DER.
    String fingerprint();

    /// One line about it, for messages.
    default String described() {
        return fingerprint() + " (" + (name().isEmpty() ? "" : name() + ", ") + file() + ")";
    }

    /// @param allowed when and for what its signatures are taken
    record Ssh(SshKey key, Allowed allowed, String name, String file) implements TrustedKey {
        @Override
        public String fingerprint() {
            return key.fingerprint();
        }
    }

    record Pem(PemKey key, String file) implements TrustedKey {
        @Override
        public String name() {
            return "";
        }

        @Override
        public String fingerprint() {
            return key.fingerprint();
        }
    }

    /// The options of a line of allowed signers.
    ///
    /// @param namespaces a pattern list; empty: any namespace
    /// @param after from when on, inclusive
    /// @param before until when, inclusive
    record Allowed(
            String namespaces,
            @Nullable Instant after,
            @Nullable Instant before) {
        static final Allowed ALWAYS = new Allowed("", null, null);

        /// @throws BadSignatureException if no signature for our namespace is taken at `now`
        void check(Instant now) throws BadSignatureException {
            if (!namespaces.isEmpty() && !PatternList.matches(SshSignature.NAMESPACE, namespaces)) {
                throw new BadSignatureException(
                        "trusted for the namespaces '" + namespaces + "' alone, not for " + SshSignature.NAMESPACE);
            }
            var whole = now.truncatedTo(ChronoUnit.SECONDS);
            if (after != null && whole.isBefore(after)) {
                throw new BadSignatureException("trusted from " + text(after) + " on, and this machine's clock says "
                        + text(whole) + "; if the clock is wrong, set it and try again");
            }
            if (before != null && whole.isAfter(before)) {
                throw new BadSignatureException("trusted until " + text(before) + ", and this machine's clock says "
                        + text(whole) + "; sign anew with a key that is trusted now");
            }
        }

        private static String text(Instant time) {
            return DateTimeFormatter.ISO_INSTANT.format(time.atOffset(ZoneOffset.UTC));
        }
    }
}
