package dev.hostseed.core.host;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Some bytes as a value: never changed, compared by content. For files of at most a few MiB.
public final class Bytes {
    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    /// @param content copied in
    public static Bytes of(byte[] content) {
        return new Bytes(content.clone());
    }

    /// `text` in UTF-8.
    public static Bytes of(String text) {
        return new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int size() {
        return content.length;
    }

    /// A copy.
    public byte[] toArray() {
        return content.clone();
    }

    /// The text that these bytes are in UTF-8; what is not UTF-8 becomes U+FFFD.
    public String utf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return content.length + " bytes";
    }
}
