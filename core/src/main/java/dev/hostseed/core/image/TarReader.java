package dev.hostseed.core.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.BulkInputStream;
import dev.hostseed.core.image.TarEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads the tars that images come in, and refuses every other: whatever is not a file, a directory or a symbolic link,
/// names outside, names twice, more than 100,000 entries, bytes after the end.
///
/// Rules: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Extended Header"; GNU tar's long names.
final class TarReader {
    private static final int BLOCK = 512;
    private static final int MAX_ENTRIES = 100_000;
    private static final int MAX_RECORDS = 64 << 10; // bytes

    private final InputStream in;
    private final Set<String> seen = new HashSet<>();
    private Content content = new Content(0);

    TarReader(InputStream in) {
        this.in = in;
    }

    /// The next entry, its predecessor's content skipped where it was not read; nothing at the proper end.
    Optional<TarEntry> next() throws IOException {
        var extended = new TarRecords();
        while (true) {
            content.skipRest();
            var header = in.readNBytes(BLOCK);
            if (header.length < BLOCK) {
                throw new BadBundleException(seen.isEmpty() ? "not a tar archive" : "the archive is cut off");
            }
            if (isZero(header)) {
                readEnd();
                return Optional.empty();
            }
            TarHeader.check(header);
            switch (header[156]) {
                case 'x' -> extended.readPax(records(header));
                case 'L' -> extended.readLongName(records(header));
                case 'K' -> extended.readLongTarget(records(header));
                default -> {
                    return Optional.of(entry(TarHeader.read(header), extended));
                }
            }
        }
    }

    /// The content of the entry that [#next] gave last.
    InputStream content() {
        return content;
    }

    private TarEntry entry(TarHeader header, TarRecords extended) throws IOException {
        var kind = header.kind();
        var size = extended.size().orElse(header.size());
        if (kind != Kind.FILE && size != 0) {
            throw new BadBundleException("the archive gives content to something that is no file");
        }
        var name = TarNames.normal(extended.name().orElse(header.name()), kind);
        if (!seen.add(name.toLowerCase(Locale.ROOT))) {
            throw new BadBundleException("'" + name + "' is in the archive twice");
        }
        if (seen.size() > MAX_ENTRIES) {
            throw new BadBundleException("more than " + MAX_ENTRIES + " files in the archive");
        }
        content = new Content(size);
        return new TarEntry(
                name, kind, size, kind == Kind.SYMBOLIC_LINK ? extended.target().orElse(header.target()) : "");
    }

    private String records(byte[] header) throws IOException {
        var size = TarHeader.size(header);
        if (size > MAX_RECORDS) {
            throw new BadBundleException("extended header of " + size + " bytes in the archive");
        }
        content = new Content(size);
        var bytes = content.readNBytes((int) size);
        content.skipRest();
        return new String(bytes, UTF_8);
    }

    private void readEnd() throws IOException {
        if (!isZero(in.readNBytes(BLOCK), BLOCK)) {
            throw new BadBundleException("the archive has no end");
        }
        while (true) {
            var padding = in.readNBytes(Compression.CHUNK);
            if (!isZero(padding)) {
                throw new BadBundleException("there are bytes after the archive's end");
            }
            if (padding.length == 0) {
                return;
            }
        }
    }

    private static boolean isZero(byte[] bytes, int length) {
        return bytes.length == length && isZero(bytes);
    }

    private static boolean isZero(byte[] bytes) {
        for (var b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    /// The bytes of one entry; its padding is checked on the way to the next one.
    private final class Content extends BulkInputStream {
        private long rest;
        private int padding;

        Content(long size) {
            this.rest = size;
            this.padding = (int) (-size & (BLOCK - 1));
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (rest == 0) {
                return -1;
            }
            var read = in.read(to, offset, (int) Math.min(length, rest));
            if (read < 0) {
                throw new BadBundleException("the archive is cut off");
            }
            rest -= read;
            return read;
        }

        @Override
        public int available() {
            return (int) Math.min(rest, Integer.MAX_VALUE); // how gzip knows of another member
        }

        void skipRest() throws IOException {
            in.skipNBytes(rest);
            rest = 0;
            if (!isZero(in.readNBytes(padding), padding)) {
                throw new BadBundleException("the archive is cut off or damaged");
            }
            padding = 0;
        }
    }
}
