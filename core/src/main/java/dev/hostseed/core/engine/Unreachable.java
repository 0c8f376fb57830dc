package dev.hostseed.core.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/// Why a connection to the Engine failed, and what to do.
final class Unreachable {
    private Unreachable() {}

    static String why(Path socket, IOException failure) {
        if (denied(failure)) {
            return "may not connect to " + socket + owners(socket) + "; run as root, or as a member of its group";
        }
        return "cannot connect to the Docker Engine at " + socket + ": " + what(socket, failure)
                + "; is docker.service running?";
    }

    private static String what(Path socket, IOException failure) {
        if (Files.isDirectory(socket)) {
            return "it is a directory";
        }
        if (Files.isRegularFile(socket)) {
            return "it is a regular file";
        }
        if (!Files.exists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return "it does not exist";
        }
        return ErrorText.printable(String.valueOf(failure.getMessage()));
    }

    private static boolean denied(IOException failure) {
        var message = failure.getMessage();
        return message != null && message.contains("ermission denied");
    }

    private static String owners(Path socket) {
        try {
            var file = Files.readAttributes(socket, PosixFileAttributes.class);
            return ", which belongs to " + file.owner() + ":" + file.group() + ", mode "
                    + PosixFilePermissions.toString(file.permissions());
        } catch (IOException alsoDenied) {
            return ", whose directory is closed to us";
        }
    }
}
