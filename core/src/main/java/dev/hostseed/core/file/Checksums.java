package dev.hostseed.core.file;

import dev.hostseed.core.data.MalformedDataException;
import dev.hostseed.core.host.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The digests of the files of a directory: what `sha256sum` writes and `sha256sum --check` reads.
///
/// @param digests by path relative to the directory, `/` between elements
public record Checksums(SortedMap<String, Digest> digests) {
    public Checksums {
        digests = Collections.unmodifiableSortedMap(new TreeMap<>(digests));
    }

    /// Those of every file below `directory` that `exempt` does not hold for.
    public static Checksums of(Path directory, Predicate<String> exempt) throws IOException {
        var digests = new TreeMap<String, Digest>();
        for (var file : FileTree.list(directory).entrySet()) {
            if (!exempt.test(file.getKey())) {
                digests.put(file.getKey(), digest(file.getValue()));
            }
        }
        return new Checksums(digests);
    }

    /// The digest of the bytes of `file`.
    public static Digest digest(Path file) throws IOException {
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return copy(in, OutputStream.nullOutputStream());
        }
    }

    /// Copies what is left of `in` to `out`; its digest. Neither is closed.
    public static Digest copy(InputStream in, OutputStream out) throws IOException {
        var sum = Digest.sha256();
        new DigestInputStream(in, sum).transferTo(out);
        return Digest.ofSha256(sum.digest());
    }

    /// A line `<hex>  <path>` for each file, by path. A path with a backslash or the end of a line in it is escaped,
    /// and its line begins with a backslash.
    public String text() {
        var text = new StringBuilder();
        digests.forEach((path, digest) -> {
            var escaped = escape(path);
            text.append(escaped.equals(path) ? "" : "\\").append(digest.hex());
            text.append("  ").append(escaped).append('\n');
        });
        return text.toString();
    }

    /// The checksums that `text` holds.
    ///
    /// @throws MalformedDataException if a line is not one of [#text()], or a path stands twice
    public static Checksums parse(String text) throws MalformedDataException {
        var digests = new TreeMap<String, Digest>();
        var number = 0;
        for (var line : text.lines().toList()) {
            number++;
            if (!parseLine(line, digests)) {
                throw new MalformedDataException("line " + number + ": not a digest and a path that is new");
            }
        }
        return new Checksums(digests);
    }

    private static boolean parseLine(String line, SortedMap<String, Digest> to) {
        var escaped = line.startsWith("\\");
        var rest = escaped ? line.substring(1) : line;
        if (rest.length() < 67 || !rest.startsWith("  ", 64)) {
            return false;
        }
        try {
            var path = rest.substring(66);
            return to.put(escaped ? unescape(path) : path, new Digest("sha256:" + rest.substring(0, 64))) == null;
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    /// What is wrong with `directory`: each file that is missing, altered or not listed, by path. Empty if all is well.
    ///
    /// @param exempt paths that need not be listed
    public List<String> verify(Path directory, Predicate<String> exempt) throws IOException {
        var files = FileTree.list(directory);
        var paths = new TreeSet<>(files.keySet());
        paths.removeIf(exempt);
        paths.addAll(digests.keySet());
        var problems = new ArrayList<String>();
        for (var path : paths) {
            var file = files.get(path);
            var digest = digests.get(path);
            if (file == null) {
                problems.add("missing: " + path);
            } else if (digest == null) {
                problems.add("not listed: " + path);
            } else if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || !digest(file).equals(digest)) {
                problems.add("altered: " + path);
            }
        }
        return problems;
    }

    private static String escape(String path) {
        return path.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String path) {
        var plain = new StringBuilder();
        for (var i = 0; i < path.length(); i++) {
            var c = path.charAt(i);
            if (c == '\\') {
                i++;
                plain.append(
                        switch (i < path.length() ? path.charAt(i) : 0) {
                            case '\\' -> '\\';
                            case 'n' -> '\n';
                            case 'r' -> '\r';
                            default -> throw new IllegalArgumentException("not an escape");
                        });
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
