package dev.hostseed.cloudinit.iso;

import dev.hostseed.core.file.FileContent.Copied;
import dev.hostseed.core.file.FileContent.Held;
import dev.hostseed.core.file.FileContent.Link;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;

/// The bytes of the image on their way to the disk: what is copied goes from file to file within the kernel.
final class IsoWriter {
    private final FileChannel out;

    private IsoWriter(FileChannel out) {
        this.out = out;
    }

    static void write(byte[] head, List<IsoNode.File> files, Path to) throws IOException {
        try (var out = create(to)) {
            var writer = new IsoWriter(out);
            writer.write(head);
            for (var file : files) {
                writer.write(file);
                writer.write(new byte[Math.toIntExact(Sectors.holding(file.size()) * Sectors.SIZE - file.size())]);
            }
        }
    }

    /// Only its owner may read the image, because a seed can hold what is secret.
    private static FileChannel create(Path file) throws IOException {
        Files.deleteIfExists(file);
        var options = Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? FileChannel.open(
                        file,
                        options,
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                : FileChannel.open(file, options);
    }

    private void write(IsoNode.File file) throws IOException {
        switch (file.content()) {
            case Held(var bytes, var mode) -> write(bytes.toArray());
            case Copied(var source, var mode) -> copy(source, file.size());
            case Link link -> throw new IllegalStateException("a link has no bytes: " + link);
        }
    }

    private void write(byte[] bytes) throws IOException {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            out.write(buffer);
        }
    }

    private void copy(Path source, long size) throws IOException {
        try (var in = FileChannel.open(source, StandardOpenOption.READ)) {
            long from = 0;
            while (from < size) {
                var copied = in.transferTo(from, size - from, out);
                if (copied <= 0) {
                    break;
                }
                from += copied;
            }
            if (from != size || in.size() != size) {
                throw new IOException(source + " changed while it was copied: it had " + size + " bytes");
            }
        }
    }
}
