package dev.hostseed.core.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class GzipInputStreamTest {
    /// In buffers of any size, so that every field of a header and a trailer is cut somewhere.
    @Test
    void what_was_packed_comes_out_whatever_the_members_are() throws IOException {
        for (var seed = 0; seed < 300; seed++) {
            var random = new Random(seed);
            var plain = new ByteArrayOutputStream();
            var packed = new ByteArrayOutputStream();
            for (var members = random.nextInt(5); members >= 0; members--) {
                var content = new byte[random.nextInt(3) * random.nextInt(5000)];
                random.nextBytes(content);
                Arrays.fill(content, 0, content.length / 2, (byte) 'a');
                plain.writeBytes(content);
                packed.writeBytes(member(content, random.nextInt(32)));
            }
            packed.writeBytes(new byte[random.nextInt(3) * 7]); // as tapes have it

            assertThat(read(packed.toByteArray(), 1 + random.nextInt(600)))
                    .as("seed %d", seed)
                    .isEqualTo(plain.toByteArray());
        }
    }

    @Test
    void a_file_that_is_cut_off_anywhere_is_refused() throws IOException {
        var packed = member("some text".getBytes(), 31);
        for (var length = 3; length < packed.length; length++) {
            var cut = Arrays.copyOf(packed, length);

            assertThatThrownBy(() -> read(cut, 16)).as("%d bytes", length).isInstanceOf(EOFException.class);
        }
    }

    @Test
    void damage_is_told() throws IOException {
        var packed = member(new byte[1000], 0);
        packed[packed.length - 6] ^= 1;

        assertThatThrownBy(() -> read(packed, 512)).isInstanceOf(ZipException.class);
        assertThatThrownBy(() -> read(new byte[100], 512)).isInstanceOf(ZipException.class);
    }

    /// The JDK's reader overflows the stack of these.
    @Test
    void a_file_of_nothing_but_empty_members_is_refused() throws IOException {
        var packed = new ByteArrayOutputStream();
        var empty = member(new byte[0], 0);
        for (var i = 0; i < 100_000; i++) {
            packed.writeBytes(empty);
        }

        assertThatThrownBy(() -> read(packed.toByteArray(), 512)).isInstanceOf(ZipException.class);
    }

    /// RFC 1952, section 2.3.1.
    ///
    /// @param flags of the header
    private static byte[] member(byte[] content, int flags) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(out)) {
            gzip.write(content);
        }
        var packed = out.toByteArray();
        var member = new ByteArrayOutputStream();
        packed[3] = (byte) flags;
        member.write(packed, 0, 10);
        member.writeBytes((flags & 4) == 0 ? new byte[0] : new byte[] {3, 0, 'x', 'y', 'z'});
        member.writeBytes((flags & 8) == 0 ? new byte[0] : new byte[] {'n', 'a', 'm', 'e', 0});
        member.writeBytes((flags & 16) == 0 ? new byte[0] : new byte[] {'w', 'h', 'y', 0});
        member.writeBytes((flags & 2) == 0 ? new byte[0] : new byte[] {1, 2});
        member.write(packed, 10, packed.length - 10);
        return member.toByteArray();
    }

    private static byte[] read(byte[] packed, int buffer) throws IOException {
        try (var in = new GzipInputStream(new ByteArrayInputStream(packed), buffer)) {
            return in.readAllBytes();
        }
    }
}
