package dev.hostseed.cloudinit;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Bytes;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.Machine.HostFile;
import dev.hostseed.core.host.TargetPath;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/// An entry of cloud-init's `write_files`.
final class WriteFile {
    private static final String ROOT = "root:root";

    /// Longer content is shorter compressed; no one reads it here anyway.
    private static final int LONGEST_READABLE = 1024;

    private WriteFile() {}

    /// A file of the author's. One that is not root's is written late, when users are there.
    static Data.Mapping of(HostFile file) {
        var entry = entry(file.path(), file.content(), file.mode()).with("owner", file.owner());
        return file.owner().equals(ROOT) ? entry : entry.with("defer", true);
    }

    /// A file of root's with `text`.
    static Data.Mapping of(TargetPath path, String text, FileMode mode) {
        return entry(path, Bytes.of(text), mode).with("owner", ROOT);
    }

    private static Data.Mapping entry(TargetPath path, Bytes content, FileMode mode) {
        var entry = Data.mapping().with("path", path.value());
        var encoded = isReadable(content)
                ? entry.with("content", content.utf8())
                : entry.with("encoding", "gz+b64").with("content", compressed(content));
        return encoded.with("permissions", mode.toString());
    }

    /// Whether the content is a text that comes through every reader of YAML as it is.
    private static boolean isReadable(Bytes content) {
        var text = content.utf8();
        return content.size() <= LONGEST_READABLE
                && Bytes.of(text).equals(content)
                && text.codePoints().allMatch(c -> c == '\t' || c == '\n' || c >= ' ' && c < 0x7f || isPrintable(c))
                && text.lines().noneMatch(line -> line.endsWith(" ") || line.endsWith("\t"))
                && !text.startsWith(" ")
                && !text.startsWith("\t")
                && !text.startsWith("\n");
    }

    private static boolean isPrintable(int c) {
        return c > 0x9f
                && switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.LINE_SEPARATOR,
                            Character.PARAGRAPH_SEPARATOR,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.UNASSIGNED -> false;
                    default -> true;
                };
    }

    /// Without name and time, so that equal content gives equal text.
    private static String compressed(Bytes content) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new BestGzip(compressed)) {
            gzip.write(content.toArray());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new String(Base64.getEncoder().encode(compressed.toByteArray()), StandardCharsets.US_ASCII);
    }

    private static final class BestGzip extends GZIPOutputStream {
        BestGzip(ByteArrayOutputStream to) throws IOException {
            super(to); // its header has time 0, no name, and 255 for the system since Java 16
            def.setLevel(Deflater.BEST_COMPRESSION);
        }
    }
}
