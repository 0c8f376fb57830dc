package dev.hostseed.vm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Pattern;

/// Where the bytes of a bundle lie in an ISO image, as isoinfo(1) tells it.
final class SeedIso {
    private static final int SECTOR = 2048;
    /// `-r--r--r-- 1 0 0 SIZE DATE [SECTOR FLAGS] NAME`, with the name of a blob.
    private static final Pattern BLOB =
            Pattern.compile("(?m)^-\\S+ +\\d+ +\\d+ +\\d+ +(\\d+) [^\\[\\n]*\\[ *(\\d+) \\w+\\] +([0-9a-f]{64})\\s*$");

    private SeedIso() {}

    /// @param offset in the ISO image, in bytes
    record Blob(String digest, long offset, long size) {}

    static Blob largestBlob(Path iso) throws IOException {
        var isoinfo = new ProcessBuilder("isoinfo", "-l", "-R", "-i", iso.toString()).start();
        var listing = new String(isoinfo.getInputStream().readAllBytes(), UTF_8);
        return BLOB.matcher(listing)
                .results()
                .map(found -> new Blob(
                        found.group(3), Long.parseLong(found.group(2)) * SECTOR, Long.parseLong(found.group(1))))
                .max(Comparator.comparingLong(Blob::size))
                .orElseThrow(() -> new IOException("no blob in " + iso + ": " + listing));
    }

    /// Changes one bit in the middle of a blob.
    static void flipBit(Path iso, Blob blob) throws IOException {
        try (var file = new RandomAccessFile(iso.toFile(), "rw")) {
            var middle = blob.offset() + blob.size() / 2;
            file.seek(middle);
            var flipped = file.read() ^ 1;
            file.seek(middle);
            file.write(flipped);
        }
    }
}
