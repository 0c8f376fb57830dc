package dev.hostseed.core.signature;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Files of keys. What a file is, its name says; one that cannot be read as that is refused, and so is any other.
final class TrustFiles {
    private static final int MAX_SIZE = 1 << 20; // bytes
    private static final int MAX_FILES = 1000;
    private static final int OTHERS_WRITE = 022;

    private TrustFiles() {}

    /// The keys in every file of `directory`, which as its files and its parent belongs to root or to whoever
    /// runs this, and is writable by nobody else.
    static List<TrustedKey> readDirectory(Path directory, ZoneId zone) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            throw new BadSignatureException(directory + ": not a directory, so nobody can say which keys are trusted");
        }
        checkOwner(Objects.requireNonNull(directory.toAbsolutePath().getParent()));
        checkOwner(directory);
        var keys = new ArrayList<TrustedKey>();
        for (var file : list(directory)) {
            checkRegular(file);
            checkOwner(file);
            keys.addAll(read(file, zone));
        }
        return keys;
    }

    private static List<Path> list(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            var list = files.limit(MAX_FILES + 1).sorted().toList();
            if (list.size() > MAX_FILES) {
                throw new BadSignatureException(directory + ": more than " + MAX_FILES + " files");
            }
            return list;
        }
    }

    /// The keys in one file, whoever owns it.
    static List<TrustedKey> read(Path file, ZoneId zone) throws IOException {
        var name = Objects.requireNonNull(file.getFileName()).toString();
        try {
            if (name.endsWith(".pub") && name.length() > ".pub".length()) {
                var text = text(file, MAX_SIZE, StandardCharsets.UTF_8);
                // cosign calls its public key cosign.pub
                return List.of(
                        Armor.isOf(PemKey.LABEL, text)
                                ? new TrustedKey.Pem(pem(text), name)
                                : AllowedSigners.readPublicKey(text, name));
            }
            if (name.endsWith(".pem")) {
                return List.of(new TrustedKey.Pem(pem(text(file, MAX_SIZE, StandardCharsets.UTF_8)), name));
            }
            if (name.equals("allowed_signers") || name.endsWith(".allowed_signers")) {
                return AllowedSigners.read(text(file, MAX_SIZE, StandardCharsets.UTF_8), zone, name);
            }
        } catch (BadSignatureException wrong) {
            throw wrong.in(file);
        }
        throw new BadSignatureException(file + ": not a file of keys by its name, and none is passed over; those are "
                + "*.pub, *.pem, allowed_signers and *.allowed_signers: rename it or move it away");
    }

    private static PemKey pem(String text) throws BadSignatureException {
        if (text.contains("PRIVATE KEY")) {
            throw new BadSignatureException(
                    "a private key; take it away from here, and put the public key in its place");
        }
        return PemKey.read(text.endsWith("\n") ? text : text + "\n");
    }

    /// The text of a regular file.
    ///
    /// @throws BadSignatureException if it is none, or longer than `max` bytes; it does not name the file
    static String text(Path file, int max, Charset charset) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BadSignatureException(Files.exists(file) ? "not a regular file" : "there is no such file");
        }
        try (var in = Files.newInputStream(file)) {
            var bytes = in.readNBytes(max + 1);
            if (bytes.length > max) {
                throw new BadSignatureException("more than " + max + " bytes");
            }
            return new String(bytes, charset);
        }
    }

    private static void checkRegular(Path file) throws BadSignatureException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new BadSignatureException(file + ": not a regular file; keys are trusted by what lies there itself");
        }
    }

    /// Rule: sshd_config(5), "StrictModes".
    private static void checkOwner(Path path) throws IOException {
        if (path.getFileSystem() != FileSystems.getDefault()) {
            return; // only the system's own files have owners by number
        }
        var owner = number("uid", path);
        if (owner != 0 && owner != number("uid", Path.of("/proc/self"))) {
            throw new BadSignatureException(path + ": belongs to user " + owner
                    + ", who could so say what this host trusts: 'chown root:root' it");
        }
        var mode = number("mode", path);
        if ((mode & OTHERS_WRITE) != 0) {
            throw new BadSignatureException(
                    "%s: its mode is %04o, so others could say what this host trusts: ".formatted(path, mode & 07777)
                            + "'chmod go-w' it");
        }
    }

    private static int number(String attribute, Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:" + attribute, LinkOption.NOFOLLOW_LINKS);
    }
}
