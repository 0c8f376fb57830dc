package dev.hostseed.core.build;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;

/// Reads tars of build contexts, ours and those of the docker command, as far as the tests need it.
final class Tars {
    private Tars() {}

    /// What `tar` says of each of its members, by name: the type, mode, size, link and, of a file, a digest of its
    /// content;
    /// times are left out if not `timed`.
    static SortedMap<String, String> members(byte[] tar, boolean timed) {
        var members = new TreeMap<String, String>();
        var name = "";
        var link = "";
        for (var at = 0; tar[at + 148] != 0; ) { // a checksum, though the name may be empty
            var size = Integer.parseInt(text(tar, at + 124, 12).strip(), 8);
            var content = Arrays.copyOfRange(tar, at + 512, at + 512 + size);
            if (tar[at + 156] == 'x') {
                var records = new String(content, UTF_8);
                name = record(records, "path");
                link = record(records, "linkpath");
            } else {
                var prefix = text(tar, at + 345, 155);
                var shortName = (prefix.isEmpty() ? "" : prefix + "/") + text(tar, at, 100);
                members.put(
                        name.isEmpty() ? shortName : name,
                        "%c %o %d %s %s %d"
                                .formatted(
                                        tar[at + 156],
                                        Integer.parseInt(text(tar, at + 100, 8).strip(), 8) & 07777,
                                        size,
                                        link.isEmpty() ? text(tar, at + 157, 100) : link,
                                        timed ? text(tar, at + 136, 12).strip() : "",
                                        Arrays.hashCode(content)));
                name = "";
                link = "";
            }
            at += 512 + (size + 511) / 512 * 512;
        }
        return members;
    }

    private static String record(String records, String key) {
        var rest = records;
        while (!rest.isEmpty()) {
            var blank = rest.indexOf(' ');
            var bytes = rest.getBytes(UTF_8);
            var length = Integer.parseInt(rest.substring(0, blank));
            var record = new String(bytes, blank + 1, length - blank - 2, UTF_8);
            if (record.startsWith(key + "=")) {
                return record.substring(key.length() + 1);
            }
            rest = new String(bytes, length, bytes.length - length, UTF_8);
        }
        return "";
    }

    private static String text(byte[] tar, int offset, int length) {
        var end = offset;
        while (end < offset + length && tar[end] != 0) {
            end++;
        }
        return new String(tar, offset, end - offset, offset % 512 == 124 ? ISO_8859_1 : UTF_8);
    }
}
