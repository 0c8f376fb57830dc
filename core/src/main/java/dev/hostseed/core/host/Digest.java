package dev.hostseed.core.host;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The digest of some content, as the OCI image specification writes it.
///
/// @param value `sha256:` and 64 lower case hexadecimal digits: no other algorithm is in use, and no other text may
/// become a path
public record Digest(String value) implements Comparable<Digest> { // compareTo: by value
    private static final Pattern RULE = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!RULE.matcher(value).matches()) {
            throw new IllegalArgumentException("not a sha256 digest: '" + value + "'");
        }
    }

    // Written out: what a record has of itself is put together at run time, 20 ms when the first of a program is
    // hashed.

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Digest digest && value.equals(digest.value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    /// The 64 hexadecimal digits alone, as blobs are named on disk.
    public String hex() {
        return value.substring("sha256:".length());
    }

    /// The digest of `bytes`.
    public static Digest of(byte[] bytes) {
        return ofSha256(sha256().digest(bytes));
    }

    /// The algorithm, for what is summed up piece by piece; its result is for [#ofSha256].
    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-256
        }
    }

    /// @param sum the 32 bytes that SHA-256 gave
    public static Digest ofSha256(byte[] sum) {
        return new Digest("sha256:" + HexFormat.of().formatHex(sum));
    }

    @Override
    public String toString() {
        return value;
    }
}
