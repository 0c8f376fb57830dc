package dev.hostseed.core.signature;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.file.FileTree;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.Lock;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// The highest version of each project's lock that a host took on: a file for each project, with the number.
///
/// @param root of the host
record SeenVersions(Path root, Disk disk) {
    private static final TargetPath DIRECTORY = new TargetPath("/var/lib/hostseed/trust");
    private static final int MAX_DIGITS = 18;

    /// 0 if none was seen.
    ///
    /// @throws BadSignatureException if nobody can say any more
    long of(ProjectName project) throws IOException {
        var file = file(project).under(root);
        if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
            return 0;
        }
        try {
            return number(TrustFiles.text(file, MAX_DIGITS + 2, StandardCharsets.ISO_8859_1));
        } catch (BadSignatureException wrong) {
            throw new BadSignatureException(file + ": " + wrong.getMessage()
                    + ", so nobody can say which version this host had; write the number into it, or remove it");
        }
    }

    private static long number(String text) throws BadSignatureException {
        var digits = text.endsWith("\n") ? text.substring(0, text.length() - 1) : "";
        if (digits.isEmpty() || digits.length() > MAX_DIGITS || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw new BadSignatureException("not a version");
        }
        return Long.parseLong(digits);
    }

    /// When this returns, the number survives a loss of power.
    ///
    /// @param lower whether to take a lower version than the one that is known, too
    void remember(Lock lock, boolean lower) throws IOException {
        if (lock.version() > of(lock.project()) || lower) {
            var content = FileContent.readable(lock.version() + "\n");
            FileTree.write(new TreeMap<>(Map.of(file(lock.project()), content)), root, disk);
        }
    }

    private static TargetPath file(ProjectName project) {
        return DIRECTORY.resolve(project.value());
    }
}
