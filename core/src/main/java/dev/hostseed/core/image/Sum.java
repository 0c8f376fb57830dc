package dev.hostseed.core.image;

import dev.hostseed.core.host.Digest;
import dev.hostseed.core.image.LockedImage.Content;
import java.security.MessageDigest;

/// The digest and the size of bytes that pass by. For one thread.
final class Sum {
    private final MessageDigest sha256 = Digest.sha256();
    private long size;

    /// Makes the compiler look at what sums up more than one block at a time, which is what layers need: 20 MB a second
    /// until it has, and many hundred afterwards.
    static void warmUp() {
        var sum = new Sum();
        var blocks = new byte[256];
        for (var i = 0; i < 64; i++) {
            sum.add(blocks, 0, blocks.length);
        }
        sum.content();
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
