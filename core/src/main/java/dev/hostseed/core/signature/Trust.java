package dev.hostseed.core.signature;

import static java.util.stream.Collectors.joining;

import dev.hostseed.core.image.Bundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whose signatures are taken: some keys, at a time.
public final class Trust {
    /// Where a host has the keys that it trusts.
    public static final String DIRECTORY = "/etc/hostseed/trusted.d";

    private static final int MAX_SIGNATURE = 256 << 10; // bytes
    private static final int MAX_NAMED = 5;

    private final List<TrustedKey> keys;
    private final String where;
    private final Clock clock;

    private Trust(List<TrustedKey> keys, String where, Clock clock) {
        this.keys = List.copyOf(keys);
        this.where = where;
        this.clock = clock;
    }

    /// The keys in a host's `directory`; none if it is not there or empty.
    ///
    /// @param clock against which the validity of keys is held, and whose zone their times are in
    /// @throws BadSignatureException if anything in it is no file of keys, or others than root and
    /// whoever runs this can change it
    public static Trust in(Path directory, Clock clock) throws IOException {
        var keys = Files.notExists(directory, LinkOption.NOFOLLOW_LINKS)
                ? List.<TrustedKey>of()
                : TrustFiles.readDirectory(directory, clock.getZone());
        return new Trust(keys, " in " + directory, clock);
    }

    /// The keys in `files`.
    ///
    /// @throws BadSignatureException if one of them is no file of keys
    public static Trust of(List<Path> files, Clock clock) throws IOException {
        var keys = new ArrayList<TrustedKey>();
        for (var file : files) {
            keys.addAll(TrustFiles.read(file, clock.getZone()));
        }
        return new Trust(keys, files.stream().map(Path::toString).collect(joining(", ", " in ", "")), clock);
    }

    /// Whether no key is trusted.
    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /// Demands that one of these keys has signed `lock`, and that no signature beside it is damaged.
    ///
    /// @param bundle a directory or an archive
    /// @param lock the bytes of the lock as they were read
    /// @return each good signature; at least one is of a trusted key
    public List<Signed> verify(Path bundle, byte[] lock) throws IOException {
        var found = signatures(bundle, lock);
        if (found.good.stream().noneMatch(Signed::trusted)) {
            throw new BadSignatureException(
                    bundle.resolve(Bundle.LOCK) + ": " + why(found) + " — signatures are taken by " + named()
                            + " — have it signed by such a key, or trust its own too");
        }
        return found.good;
    }

    /// Every signature over `lock` that is good by itself, whether its key is trusted or not.
    ///
    /// @throws BadSignatureException if one is damaged, or over another lock
    public List<Signed> look(Path bundle, byte[] lock) throws IOException {
        return signatures(bundle, lock).good;
    }

    /// @param good signatures
    /// @param refused what is wrong with those that are not damaged and yet not taken
    private record Found(List<Signed> good, List<String> refused) {}

    private Found signatures(Path bundle, byte[] lock) throws IOException {
        var found = new Found(new ArrayList<>(), new ArrayList<>());
        read(bundle, Bundle.SSH_SIGNATURE, text -> ssh(SshSignature.read(text), lock, found));
        read(bundle, Bundle.COSIGN_SIGNATURE, text -> cosign(CosignSignature.read(text), lock, found));
        return found;
    }

    private interface Check {
        void of(String text) throws BadSignatureException;
    }

    /// Has the signature `name` checked, if `bundle`, a directory or an archive, has one.
    private static void read(Path bundle, String name, Check check) throws IOException {
        try {
            var bytes = bytes(bundle, name);
            if (bytes.isPresent()) {
                check.of(new String(bytes.get(), StandardCharsets.ISO_8859_1));
            }
        } catch (BadSignatureException wrong) {
            throw wrong.in(bundle.resolve(name));
        }
    }

    private static Optional<byte[]> bytes(Path bundle, String name) throws IOException {
        var file = bundle.resolve(name);
        if (Files.isDirectory(bundle)) {
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                throw new BadSignatureException("not a regular file");
            }
        }
        var bytes = Bundle.find(bundle, name);
        if (bytes.isPresent() && bytes.get().length > MAX_SIGNATURE) {
            throw new BadSignatureException("more than " + MAX_SIGNATURE + " bytes");
        }
        return bytes;
    }

    private void ssh(SshSignature signature, byte[] lock, Found found) throws BadSignatureException {
        signature.verify(lock);
        var why = "is by " + signature.key().fingerprint();
        for (var trusted : keys) {
            if (trusted instanceof TrustedKey.Ssh ssh
                    && ssh.key().blob().equals(signature.key().blob())) {
                try {
                    ssh.allowed().check(clock.instant());
                    found.good.add(signed(signature, ssh.name(), true));
                    return;
                } catch (BadSignatureException notNow) {
                    why = "is by " + ssh.described() + ", " + notNow.getMessage();
                }
            }
        }
        found.good.add(signed(signature, "", false));
        found.refused.add(Bundle.SSH_SIGNATURE + " " + why);
    }

    private static Signed signed(SshSignature signature, String name, boolean trusted) {
        var key = signature.key();
        var kind = (key.isSecurityKey() ? "security key, " : "") + key.key().kind();
        return new Signed(Bundle.SSH_SIGNATURE, kind, key.fingerprint(), name, trusted);
    }

    private void cosign(CosignSignature signature, byte[] lock, Found found) throws BadSignatureException {
        signature.checkDigest(lock);
        for (var trusted : keys) {
            if (trusted instanceof TrustedKey.Pem pem && signature.verifies(pem.key(), lock)) {
                found.good.add(new Signed(
                        Bundle.COSIGN_SIGNATURE, pem.key().key().kind(), pem.fingerprint(), pem.file(), true));
                return;
            }
        }
        if (keys.stream().anyMatch(TrustedKey.Pem.class::isInstance)) {
            throw new BadSignatureException(
                    "not a signature over this lock by a trusted key — signatures are taken by " + named());
        }
        found.refused.add(Bundle.COSIGN_SIGNATURE + " is by a key that is not trusted, since none of cosign is");
    }

    private static String why(Found found) {
        return found.refused.isEmpty()
                ? "not signed: it has neither " + Bundle.SSH_SIGNATURE + " nor " + Bundle.COSIGN_SIGNATURE
                        + " beside it"
                : "not signed by a trusted key: " + String.join("; ", found.refused);
    }

    private String named() {
        return keys.stream().limit(MAX_NAMED).map(TrustedKey::described).collect(joining(", "))
                + (keys.size() > MAX_NAMED ? " and " + (keys.size() - MAX_NAMED) + " more" : "")
                + where;
    }
}
