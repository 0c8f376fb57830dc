package dev.hostseed.core.yaml;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// The text of a file that an author wrote: a regular file of at most 1 MiB in UTF-8, without control characters and
/// without the line breaks that only YAML 1.1 knows.
public final class SourceText {
    /// SnakeYAML's own limit acts too late to keep a reader's time bounded.
    public static final int MAXIMUM_BYTES = 1 << 20;

    private SourceText() {}

    /// The text of `file` without a byte order mark, or nothing after the reason went to `report`.
    ///
    /// @param named where the file was asked for; the file's own start if nobody did
    public static Optional<String> read(Path file, Position named, Report report) {
        try {
            if (!Files.isRegularFile(file)) {
                return refuse(
                        report.as(Code.Y22),
                        named,
                        notRegular(file),
                        Files.exists(file) ? "name a regular file" : "create it or correct the path");
            }
            try (var in = Files.newInputStream(file)) {
                return decode(in.readNBytes(MAXIMUM_BYTES + 1), file, named, report);
            }
        } catch (NoSuchFileException missing) {
            return refuse(
                    report.as(Code.Y22), named, "there is no file '" + file + "'", "create it or correct the path");
        } catch (IOException | SecurityException unreadable) {
            return refuse(
                    report.as(Code.Y22),
                    named,
                    "'" + file + "' cannot be read: " + unreadable.getMessage(),
                    "make it readable");
        }
    }

    private static String notRegular(Path file) {
        return Files.exists(file)
                ? "'" + file + "' is not a regular file"
                : Files.isSymbolicLink(file)
                        ? "'" + file + "' is a symbolic link to nothing"
                        : "there is no file '" + file + "'";
    }

    /// As [#read], of bytes already there.
    static Optional<String> decode(byte[] bytes, Path file, Position named, Report report) {
        if (bytes.length > MAXIMUM_BYTES) {
            return refuse(report.as(Code.Y01), named, "'" + file + "' is larger than 1 MiB", "split it or shorten it");
        }
        var buffer = ByteBuffer.wrap(bytes);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        if (bytes.length >= 2 && ((bytes[0] & 0xff) == 0xff || (bytes[0] & 0xff) == 0xfe)) {
            return refuse(report.as(Code.Y11), named, "'" + file + "' is not UTF-8 from byte 0 on", "save it as UTF-8");
        }
        try {
            var text = decoder.decode(buffer).toString();
            return clean(text.startsWith("\uFEFF") ? text.substring(1) : text, file, report);
        } catch (CharacterCodingException malformed) {
            return refuse(
                    report.as(Code.Y11),
                    named,
                    "'" + file + "' is not UTF-8 from byte " + buffer.position() + " on",
                    "save it as UTF-8");
        }
    }

    private static Optional<String> clean(String text, Path file, Report report) {
        report.show(file, text);
        var line = 1;
        var column = 1;
        for (var i = 0; i < text.length(); i += Character.charCount(text.codePointAt(i))) {
            var c = text.codePointAt(i);
            if (isForbidden(c)) {
                return refuse(
                        report.as(isLineBreak(c) ? Code.Y13 : Code.Y12),
                        new Position(file, line, column),
                        "the character U+%04X cannot stand in the text".formatted(c),
                        "remove it, or write it as an escape in a double-quoted text");
            }
            var ends = c == '\n' || (c == '\r' && !text.startsWith("\n", i + 1));
            line += ends ? 1 : 0;
            column = ends ? 1 : column + 1;
        }
        return Optional.of(text);
    }

    /// Whether `text` has no unpaired surrogate.
    public static boolean isUnicode(String text) {
        return text.codePoints().noneMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    /// Controls, U+0085, U+2028 and U+2029 (line breaks in YAML 1.1, which hide a key from the eye), noncharacters.
    private static boolean isForbidden(int c) {
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
                || (c >= 0x7f && c <= 0x9f)
                || isLineBreak(c)
                || c == 0xfffe
                || c == 0xffff;
    }

    private static boolean isLineBreak(int c) {
        return c == 0x85 || c == 0x2028 || c == 0x2029;
    }

    private static Optional<String> refuse(Report report, Position at, String what, String remedy) {
        report.error(at, what, remedy);
        return Optional.empty();
    }
}
