package dev.hostseed.core.signature;

import java.math.BigInteger;
import java.util.Arrays;

/// The little of DER that keys and signatures need: values of definite length in their shortest form, one after
/// the other.
///
/// Rule: X.690, sections 8 and 10.
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int NULL = 0x05;
    static final int OBJECT_IDENTIFIER = 0x06;
    static final int SEQUENCE = 0x30;

    private final byte[] bytes;
    private int at;

    Der(byte[] bytes) {
        this.bytes = bytes;
    }

    /// The content of the next value.
    byte[] next(int tag) throws BadSignatureException {
        if (octet() != tag) {
            throw damaged();
        }
        var length = length();
        if (length > bytes.length - at) {
            throw damaged();
        }
        at += length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /// What is in the next value, which is a sequence.
    Der sequence() throws BadSignatureException {
        return new Der(next(SEQUENCE));
    }

    /// An integer that is not negative.
    BigInteger number() throws BadSignatureException {
        var content = next(INTEGER);
        if (content.length == 0 || content[0] < 0 || content.length > 1 && content[0] == 0 && content[1] >= 0) {
            throw damaged();
        }
        return new BigInteger(content);
    }

    /// The octets of the next value, which is a string of whole ones.
    byte[] bits() throws BadSignatureException {
        var content = next(BIT_STRING);
        if (content.length == 0 || content[0] != 0) {
            throw damaged();
        }
        return Arrays.copyOfRange(content, 1, content.length);
    }

    boolean hasNext() {
        return at < bytes.length;
    }

    void end() throws BadSignatureException {
        if (hasNext()) {
            throw damaged();
        }
    }

    private int octet() throws BadSignatureException {
        if (!hasNext()) {
            throw damaged();
        }
        return bytes[at++] & 0xff;
    }

    /// Up to 65535, which is more than any key has.
    private int length() throws BadSignatureException {
        var first = octet();
        if (first < 0x80) {
            return first;
        }
        var length = first == 0x81 ? octet() : first == 0x82 ? octet() << 8 | octet() : -1;
        if (length < (first == 0x81 ? 0x80 : 0x100)) {
            throw damaged();
        }
        return length;
    }

    private static BadSignatureException damaged() {
        return new BadSignatureException("damaged: not what DER demands");
    }
}
