package dev.hostseed.core.source;

import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Position;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/// A file on this machine that should be its owner's alone.
///
/// @param written as the author names it
record SecretFile(Path path, String written) {
    private static final Set<PosixFilePermission> OF_OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    /// Tells what lets others see it, here and on the host.
    void check(Position at, Scope scope) throws IOException {
        if (isMounted(scope.directory())) {
            scope.report()
                    .warn(
                            at,
                            "'" + written + "' is a secret, and among the files that 'volumes' mount",
                            "those are readable as they are here",
                            "keep it elsewhere");
        }
        if (knows("posix") && Files.getPosixFilePermissions(path).stream().anyMatch(OF_OTHERS::contains)) {
            scope.report()
                    .as(Code.K02)
                    .warn(at, "others on this machine may use '" + written + "'", "chmod 600 " + written);
        }
        if (knows("owner")
                && !Files.getOwner(path)
                        .equals(Files.getOwner(scope.directory().path().toAbsolutePath()))) {
            scope.report().warn(at, "'" + written + "' is not of the project's owner", "chown it");
        }
    }

    private boolean isMounted(ProjectDirectory directory) {
        var normal = directory.normal(path.toAbsolutePath().toString());
        return directory.files().stream().anyMatch(file -> file.path().equals(normal));
    }

    private boolean knows(String attributes) {
        return path.getFileSystem().supportedFileAttributeViews().contains(attributes);
    }
}
