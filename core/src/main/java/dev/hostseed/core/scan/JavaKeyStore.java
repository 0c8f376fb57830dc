package dev.hostseed.core.scan;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;

/// The entries of a Java key store in its own form, which can be told apart without its password.
///
/// Rule: the comments of `sun.security.provider.JavaKeyStore`.
final class JavaKeyStore {
    private static final int CERTIFICATE = 2;
    private static final int MOST_ENTRIES = 10_000;

    private JavaKeyStore() {}

    /// Whether any entry is a key, as far as it can be read.
    static boolean holdsKey(byte[] file) {
        var in = ByteBuffer.wrap(file).position(4);
        try {
            var version = in.getInt();
            var entries = Math.min(in.getInt(), MOST_ENTRIES);
            for (var i = 0; i < entries; i++) {
                if (in.getInt() != CERTIFICATE) {
                    return true;
                }
                skip(in, in.getShort() & 0xffff); // alias
                in.getLong(); // time
                if (version == 2) {
                    skip(in, in.getShort() & 0xffff); // type
                }
                skip(in, in.getInt());
            }
            return false;
        } catch (BufferUnderflowException cutOff) {
            return false;
        }
    }

    private static void skip(ByteBuffer in, int count) {
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + count);
    }
}
