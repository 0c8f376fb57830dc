package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;

/// Writes a tar: root's; equal members give equal bytes.
///
/// Rule: POSIX.1-2017 pax, "ustar Interchange Format", and its "pax Extended Header" for names that do not fit.
public final class TarWriter {
    private static final int BLOCK = 512;
    private static final int LONGEST_NAME = 100; // bytes
    private static final long OCTAL_LIMIT = 1L << 33; // 11 octal digits

    private final OutputStream out;

    public TarWriter(OutputStream out) {
        this.out = out;
    }

    /// One file, directory or symbolic link.
    ///
    /// @param name relative; that of a directory ends with `/`
    /// @param type `0` for a file, `5` for a directory, `2` for a symbolic link
    /// @param mode at most 07777
    /// @param time of the last change, in seconds since the epoch
    /// @param size of the content in bytes
    /// @param target of a link
    public record Member(String name, char type, int mode, long time, long size, String target) {
        /// A plain file that everyone reads, of the epoch.
        public static Member file(String name, long size) {
            return new Member(name, '0', 0644, 0, size, "");
        }
    }

    /// A plain file that everyone reads, of the epoch.
    public void file(String name, byte[] content) throws IOException {
        file(name, content.length, to -> to.write(content));
    }

    void file(String name, long size, Content content) throws IOException {
        member(Member.file(name, size), content);
    }

    /// @param content writes exactly as many bytes as `member` says
    public void member(Member member, Content content) throws IOException {
        var records = records(member);
        if (!records.isEmpty()) {
            var bytes = records.getBytes(UTF_8);
            out.write(header(new Member("pax", 'x', 0644, 0, bytes.length, "")));
            padded(bytes.length, to -> to.write(bytes));
        }
        out.write(header(member));
        padded(member.size(), content);
    }

    /// The two empty blocks that end a tar.
    public void end() throws IOException {
        out.write(new byte[2 * BLOCK]);
    }

    /// What writes the bytes of one file.
    public interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private void padded(long size, Content content) throws IOException {
        content.writeTo(out);
        out.write(new byte[(int) (-size & (BLOCK - 1))]);
    }

    /// What the header cannot hold.
    private static String records(Member member) {
        return record("path", member.name()) + record("linkpath", member.target());
    }

    private static String record(String key, String value) {
        var bytes = value.getBytes(UTF_8).length;
        if (bytes == value.length() && bytes <= LONGEST_NAME) {
            return "";
        }
        var rest = key.length() + bytes + 3; // blank, equals sign, newline
        var length = rest + String.valueOf(rest).length();
        length = rest + String.valueOf(length).length(); // its own digits count
        return length + " " + key + "=" + value + "\n";
    }

    /// The header of `member`, all of which fits in.
    static byte[] header(Member member) {
        var block = new byte[BLOCK];
        put(block, 0, member.name(), LONGEST_NAME);
        putOctal(block, 100, 7, member.mode() & 07777);
        putOctal(block, 108, 7, 0); // user
        putOctal(block, 116, 7, 0); // group
        putSize(block, member.size());
        putOctal(block, 136, 11, Math.clamp(member.time(), 0, OCTAL_LIMIT - 1));
        put(block, 148, "        ", 8); // in place of the sum
        block[156] = (byte) member.type();
        put(block, 157, member.target(), LONGEST_NAME);
        put(block, 257, "ustar\00000", 8);
        var sum = 0;
        for (var b : block) {
            sum += b & 0xff;
        }
        putOctal(block, 148, 6, sum);
        return block;
    }

    private static void putSize(byte[] block, long size) {
        if (size < OCTAL_LIMIT) {
            putOctal(block, 124, 11, size);
            return;
        }
        block[124] = (byte) 0x80;
        for (var i = 0; i < 8; i++) {
            block[135 - i] = (byte) (size >>> 8 * i);
        }
    }

    /// With a zero byte after it.
    private static void putOctal(byte[] block, int offset, int digits, long value) {
        for (var i = 0; i < digits; i++) {
            block[offset + i] = (byte) ('0' + (value >>> 3 * (digits - 1 - i) & 7));
        }
        block[offset + digits] = 0;
    }

    /// As much of `text` as fits: what does not stands in a record before.
    private static void put(byte[] block, int offset, String text, int limit) {
        var bytes = text.getBytes(UTF_8);
        System.arraycopy(bytes, 0, block, offset, Math.min(bytes.length, limit));
    }
}
