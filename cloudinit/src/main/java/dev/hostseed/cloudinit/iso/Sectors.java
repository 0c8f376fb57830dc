package dev.hostseed.cloudinit.iso;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Bytes of the image as they come together, with the number formats of ECMA-119, section 7.
final class Sectors {
    static final int SIZE = 2048;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /// How many sectors `size` bytes take.
    static long holding(long size) {
        return (size + SIZE - 1) / SIZE;
    }

    int size() {
        return bytes.size();
    }

    byte[] toArray() {
        return bytes.toByteArray();
    }

    Sectors octet(int value) {
        bytes.write(value);
        return this;
    }

    Sectors octets(byte[] value) {
        bytes.writeBytes(value);
        return this;
    }

    /// 16 bits, the lowest first.
    Sectors little16(int value) {
        return octet(value).octet(value >>> 8);
    }

    /// 16 bits, the highest first.
    Sectors big16(int value) {
        return octet(value >>> 8).octet(value);
    }

    /// 32 bits, the lowest first.
    Sectors little32(long value) {
        return little16((int) value).little16((int) (value >>> 16));
    }

    /// 32 bits, the highest first.
    Sectors big32(long value) {
        return big16((int) (value >>> 16)).big16((int) value);
    }

    /// 16 bits in both orders.
    Sectors both16(int value) {
        return little16(value).big16(value);
    }

    /// 32 bits in both orders.
    Sectors both32(long value) {
        return little32(value).big32(value);
    }

    Sectors ascii(String value) {
        return octets(value.getBytes(StandardCharsets.US_ASCII));
    }

    Sectors zeros(long count) {
        return octets(new byte[Math.toIntExact(count)]);
    }

    /// Zeros to the end of the sector; nothing at its begin.
    Sectors fill() {
        return zeros(holding(size()) * SIZE - size());
    }

    /// Zeros to the end of the sector, if less than `size` bytes of it are left.
    Sectors keepTogether(int size) {
        return size() % SIZE + size > SIZE ? fill() : this;
    }
}
