package dev.hostseed.core.image;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/// Bytes that lie in a file: all of it, or a part, as a member of a tar does.
///
/// @param file where they lie
/// @param offset of the first of them in the file
/// @param size how many there are
/// @param shown what messages call them: the file, or the archive and the member in it
record Blob(Path file, long offset, long size, String shown) {
    static Blob of(Path file) throws IOException {
        return new Blob(file, 0, Files.size(file), file.toString());
    }

    /// These bytes alone; fewer if the file was cut off meanwhile.
    InputStream open() throws IOException {
        var file = Channels.newInputStream(channel());
        return new FilterInputStream(new LimitedInputStream(file, size)) {
            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    /// All of these bytes, which are few.
    ///
    /// @throws BadBundleException if there are more than `limit`, or fewer than there were
    byte[] small(long limit) throws IOException {
        if (size > limit) {
            throw new BadBundleException(shown + ": " + size + " bytes are too many for such a file");
        }
        try (var in = open()) {
            var bytes = in.readAllBytes();
            if (bytes.length != size) {
                throw new BadBundleException(shown + ": cut off while it was read");
            }
            return bytes;
        }
    }

    /// The file, positioned at the first byte; it goes on behind the last one.
    SeekableByteChannel channel() throws IOException {
        var channel = Files.newByteChannel(file);
        try {
            return channel.position(offset);
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
    }

    @Override
    public String toString() {
        return shown;
    }
}
