package dev.hostseed.core.signature;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// The data types of SSH, written one after the other.
///
/// Rule: RFC 4251, section 5.
final class SshWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    SshWriter raw(byte[] some) {
        bytes.writeBytes(some);
        return this;
    }

    SshWriter octet(int octet) {
        bytes.write(octet);
        return this;
    }

    SshWriter uint32(int number) {
        return octet(number >>> 24).octet(number >>> 16).octet(number >>> 8).octet(number);
    }

    SshWriter string(byte[] string) {
        return uint32(string.length).raw(string);
    }

    SshWriter text(String text) {
        return string(text.getBytes(StandardCharsets.US_ASCII));
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }
}
