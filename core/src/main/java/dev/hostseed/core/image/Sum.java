package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LockedImage.Content;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The digest and the size of bytes that pass by. For one thread.
final class Sum {
    private final MessageDigest sha256;
    private long size;

    Sum() {
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-256
        }
    }

    void add(byte[] bytes, int offset, int length) {
        sha256.update(bytes, offset, length);
        size += length;
    }

    long size() {
        return size;
    }

    /// What passed by. To be asked once, at the end.
    Content content() {
        return new Content(Digest.ofSha256(sha256.digest()), size);
    }

    static Content of(byte[] bytes) {
        return new Content(Digest.of(bytes), bytes.length);
    }
}
