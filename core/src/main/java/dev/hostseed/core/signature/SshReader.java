package dev.hostseed.core.signature;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The data types of SSH, read one after the other; never past the end, and no number in a second form.
///
/// Rule: RFC 4251, section 5.
final class SshReader {
    private final byte[] bytes;
    private int at;

    SshReader(byte[] bytes) {
        this.bytes = bytes;
    }

    int octet() throws BadSignatureException {
        return take(1)[0] & 0xff;
    }

    /// As a signed number, which no length and no version that is taken reaches.
    int uint32() throws BadSignatureException {
        var four = take(4);
        return (four[0] & 0xff) << 24 | (four[1] & 0xff) << 16 | (four[2] & 0xff) << 8 | four[3] & 0xff;
    }

    byte[] string() throws BadSignatureException {
        return take(uint32());
    }

    /// A string as text, in which nothing but visible ASCII is taken.
    String text() throws BadSignatureException {
        var string = string();
        for (var octet : string) {
            if (octet <= ' ' || octet == 0x7f) {
                throw new BadSignatureException("damaged: a name in it is not text");
            }
        }
        return new String(string, StandardCharsets.US_ASCII);
    }

    /// An `mpint` that is not negative.
    BigInteger number() throws BadSignatureException {
        var string = string();
        var number = string.length == 0 ? BigInteger.ZERO : new BigInteger(string);
        var canonical = number.signum() == 0 ? new byte[0] : number.toByteArray();
        if (number.signum() < 0 || !Arrays.equals(canonical, string)) {
            throw new BadSignatureException("damaged: a number in it is negative, or not in its shortest form");
        }
        return number;
    }

    /// `length` bytes that are no string.
    byte[] take(int length) throws BadSignatureException {
        if (length < 0 || length > bytes.length - at) {
            throw new BadSignatureException("damaged: it ends too early");
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    void end() throws BadSignatureException {
        if (at != bytes.length) {
            throw new BadSignatureException("damaged: " + (bytes.length - at) + " bytes follow its end");
        }
    }
}
