package dev.hostseed.core.scan;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hostseed.core.data.BulkInputStream;
import dev.hostseed.core.scan.LayerEntry.Kind;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads the tar of a layer, which an image's author chose: whatever an Engine would unpack is shown, and nothing is
/// believed. Memory does not grow with the tar.
///
/// Rules: POSIX.1-2017 pax, "ustar Interchange Format" and "pax Extended Header"; GNU tar's long names, numbers in base
/// 256 and sparse files, of which the stored pieces are shown.
final class LayerTar {
    private static final int BLOCK = 512;
    private static final int MAX_RECORDS = 1 << 20; // bytes; what Go takes
    private static final int MAX_NAME = 128 << 10; // characters; no Linux takes a path of more than 4096 bytes

    private final BlockInput in;
    private final byte[] header = new byte[BLOCK];
    private final Content content = new Content();
    private long rest; // of the content
    private int padding;

    LayerTar(InputStream in) {
        this.in = new BlockInput(in);
    }

    /// How many bytes were read so far.
    long read() {
        return in.read();
    }

    /// The next entry; what was not read of its predecessor is skipped. Nothing at the end, which is where two empty
    /// blocks are, or no bytes.
    ///
    /// @throws MalformedLayerException if this is no tar, or one that is cut off
    Optional<LayerEntry> next() throws IOException {
        var records = new LayerRecords();
        while (true) {
            skipRest();
            if (!in.readBlock(header) || isZero()) {
                return Optional.empty();
            }
            LayerHeader.check(header);
            begin(LayerHeader.size(header));
            switch (header[156]) {
                case 'x' -> records.readPax(records());
                case 'L' -> records.readLongName(records());
                case 'K' -> records.readLongTarget(records());
                case 'g', 'V', 'M' -> {}
                default -> {
                    return Optional.of(entry(records));
                }
            }
        }
    }

    /// The content of the entry that [#next] gave last. Closing it does nothing.
    InputStream content() {
        return content;
    }

    private LayerEntry entry(LayerRecords records) throws IOException {
        var kind = LayerHeader.kind(header);
        var name = records.name().orElseGet(() -> LayerHeader.name(header));
        if (kind == Kind.FILE && name.endsWith("/")) {
            kind = Kind.DIRECTORY; // as tars of before POSIX write it
        }
        if (name.length() > MAX_NAME) {
            throw new MalformedLayerException("a file with a name of " + name.length() + " characters");
        }
        var target = target(kind, records);
        begin(holdsContent(header[156]) ? records.size().orElse(rest) : 0);
        var length = records.sparseLength().orElse(rest);
        if (header[156] == 'S') {
            length = LayerHeader.sparseLength(header);
            skipSparseMap();
        }
        return new LayerEntry(LayerEntry.normal(name), kind, rest, length, target);
    }

    private String target(Kind kind, LayerRecords records) {
        if (kind != Kind.HARD_LINK && kind != Kind.SYMBOLIC_LINK) {
            return "";
        }
        var written = records.target().orElseGet(() -> LayerHeader.target(header));
        return kind == Kind.HARD_LINK ? LayerEntry.normal(written) : written;
    }

    /// Links, devices and directories have none, whatever their size field says.
    private static boolean holdsContent(byte type) {
        return type < '1' || type > '6';
    }

    private void begin(long size) {
        rest = size;
        padding = (int) (-size & (BLOCK - 1));
    }

    private byte[] records() throws IOException {
        if (rest > MAX_RECORDS) {
            throw new MalformedLayerException("an extended header of " + rest + " bytes");
        }
        return content.readNBytes((int) rest);
    }

    /// Further blocks of the map, each of which says whether another follows.
    private void skipSparseMap() throws IOException {
        var more = header[482] != 0;
        while (more) {
            if (!in.readBlock(header)) {
                throw cutOff();
            }
            more = header[504] != 0;
        }
    }

    private void skipRest() throws IOException {
        if (!in.skip(rest + padding)) {
            throw cutOff();
        }
        begin(0);
    }

    private boolean isZero() {
        for (var b : header) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    private static MalformedLayerException cutOff() {
        return new MalformedLayerException("the tar is cut off");
    }

    private final class Content extends BulkInputStream {
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
                throw cutOff();
            }
            rest -= read;
            return read;
        }
    }

    /// For messages.
    static String text(byte[] bytes, int offset, int length) {
        var end = offset;
        while (end < offset + length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, offset, end - offset, UTF_8);
    }
}
