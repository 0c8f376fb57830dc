package dev.hostseed.core.build;

import dev.hostseed.core.image.TarWriter;
import dev.hostseed.core.image.TarWriter.Member;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Comparator;
import java.util.List;

/// The files of a directory as a tar, by name: with their modes and times, but as root's. Sockets have no content and
/// are left out, as Docker does; links are not followed.
final class ContextTar {
    private final Path directory;
    private final IgnoreRules rules;
    private final TarWriter tar;

    ContextTar(Path directory, IgnoreRules rules, TarWriter tar) {
        this.directory = directory;
        this.rules = rules;
        this.tar = tar;
    }

    /// @param without a file at the top that is left out; empty for none
    void write(String without) throws IOException {
        for (var file : sorted(directory)) {
            var name = file.getFileName().toString();
            if (!name.equals(without)) {
                write(file, name, IgnoreRules.unknown());
            }
        }
    }

    private void write(Path file, String name, IgnoreRules.Verdict parent) throws IOException {
        var verdict = rules.judge(name, parent);
        var attributes = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!verdict.ignored()) {
            add(file, name, attributes);
        }
        if (attributes.isDirectory() && (!verdict.ignored() || rules.mayKeepBelow(name))) {
            for (var below : sorted(file)) {
                write(below, name + "/" + below.getFileName(), verdict);
            }
        }
    }

    private void add(Path file, String name, BasicFileAttributes attributes) throws IOException {
        var mode = mode(file);
        var time = Math.floorDiv(attributes.lastModifiedTime().toMillis(), 1000L);
        if (attributes.isDirectory()) {
            tar.member(new Member(name + "/", '5', mode, time, 0, ""), out -> {});
        } else if (attributes.isSymbolicLink()) {
            var target = Files.readSymbolicLink(file).toString();
            tar.member(new Member(name, '2', mode, time, 0, target), out -> {});
        } else if (attributes.isRegularFile()) {
            var size = attributes.size();
            tar.member(new Member(name, '0', mode, time, size, ""), out -> copy(file, size, out));
        }
    }

    /// Exactly `size` bytes: what the header announced.
    private static void copy(Path file, long size, OutputStream out) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var buffer = new byte[64 << 10];
            for (var left = size; left > 0; ) {
                var read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new IOException(file + " became shorter while it was read");
                }
                out.write(buffer, 0, read);
                left -= read;
            }
        }
    }

    private static List<Path> sorted(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.sorted(Comparator.comparing(file -> file.getFileName().toString()))
                    .toList();
        }
    }

    private static int mode(Path file) throws IOException {
        return file.getFileSystem().supportedFileAttributeViews().contains("unix")
                ? (int) Files.getAttribute(file, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 07777
                : 0755;
    }
}
