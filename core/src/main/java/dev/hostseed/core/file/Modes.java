package dev.hostseed.core.file;

import dev.hostseed.core.host.FileMode;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Set;

/// Modes of files, where the file system knows modes.
final class Modes {
    private Modes() {}

    static boolean areKnown(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    static void set(Path path, FileMode mode) throws IOException {
        if (mode.bits() > 0777) {
            Files.setAttribute(path, "unix:mode", mode.bits());
        } else if (areKnown(path)) {
            Files.setPosixFilePermissions(path, permissions(mode));
        }
    }

    /// The mode of what is at `path`, a link not followed; `unknown` where there are no modes.
    static FileMode of(Path path, FileMode unknown) throws IOException {
        if (path.getFileSystem() == FileSystems.getDefault()) {
            var mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            return new FileMode(mode & 07777);
        }
        return areKnown(path) ? new FileMode(bits(path)) : unknown;
    }

    /// The nine lowest bits of `mode`.
    static Set<PosixFilePermission> permissions(FileMode mode) {
        var permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (var permission : PosixFilePermission.values()) {
            if ((mode.bits() & bit(permission)) != 0) {
                permissions.add(permission);
            }
        }
        return permissions;
    }

    private static int bits(Path path) throws IOException {
        var view = Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        return view.readAttributes().permissions().stream().mapToInt(Modes::bit).sum();
    }

    private static int bit(PosixFilePermission permission) {
        return 0400 >> permission.ordinal(); // declared from OWNER_READ down to OTHERS_EXECUTE
    }
}
