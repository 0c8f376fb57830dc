package dev.hostseed.core.scan;

/// The first packet of an OpenPGP secret key, as far as to whether a passphrase protects it.
///
/// Rule: RFC 9580, sections 4.2, 5.5.2 and 5.5.3, for keys of version 4.
final class PgpKey {
    private static final int SECRET_KEY = 5;

    private PgpKey() {}

    /// Whether it is encrypted, or has no secret part; one that cannot be read is not.
    static boolean isEncrypted(byte[] packets) {
        if (packets.length < 12 || (packets[0] & 0x80) == 0) {
            return false;
        }
        var isNew = (packets[0] & 0x40) != 0;
        var tag = isNew ? packets[0] & 0x3f : packets[0] >> 2 & 0xf;
        var body = isNew ? newBody(packets) : 2 + ((1 << (packets[0] & 3)) - 1);
        if (tag != SECRET_KEY || body + 6 > packets.length || packets[body] != 4) {
            return false;
        }
        var usage = afterPublic(packets, body + 5);
        return usage > 0 && usage < packets.length && packets[usage] != 0;
    }

    private static int newBody(byte[] packets) {
        var first = packets[1] & 0xff;
        return first < 192 ? 2 : first == 255 ? 6 : 3;
    }

    /// The place after the public numbers, or -1.
    private static int afterPublic(byte[] packets, int at) {
        return switch (packets[at]) {
            case 1, 2, 3 -> numbers(packets, at + 1, 2);
            case 16 -> numbers(packets, at + 1, 3);
            case 17 -> numbers(packets, at + 1, 4);
            case 19, 22 -> numbers(packets, at + 2 + (packets[at + 1] & 0xff), 1);
            default -> -1;
        };
    }

    private static int numbers(byte[] packets, int start, int count) {
        var at = start;
        for (var i = 0; i < count; i++) {
            if (at + 2 > packets.length) {
                return -1;
            }
            var bits = (packets[at] & 0xff) << 8 | packets[at + 1] & 0xff;
            at += 2 + (bits + 7) / 8;
        }
        return at;
    }
}
