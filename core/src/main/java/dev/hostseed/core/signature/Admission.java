package dev.hostseed.core.signature;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.image.BadBundleException;
import dev.hostseed.core.image.Bundle;
import dev.hostseed.core.image.Lock;
import dev.hostseed.core.image.LockFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Whether a host takes a bundle. Asked before anything else of the bundle is read or anything is written. A
/// host that trusts no key takes every lock; once it trusts one, only what is signed, and nothing older than
/// what it had.
///
/// The way of a host without keys leads past every class of cryptography.
///
/// @param root of the host: `/`
/// @param clock against which the validity of keys is held
/// @param terms on which the operator lets go of a demand
/// @param warn is given a line for each demand that was let go
public record Admission(Path root, Disk disk, InstantSource clock, Terms terms, Consumer<String> warn) {
    private static final TargetPath TRUSTED = new TargetPath(Trust.DIRECTORY);

    /// What the operator lets go of; each is told when it is used.
    public enum Terms {
        ALL_DEMANDS,
        ANY_SIGNATURE,
        ANY_VERSION
    }

    /// The lock of `bundle`.
    ///
    /// @throws BadSignatureException if this host trusts keys, and none of them has signed the lock
    /// @throws RollbackException if this host trusts keys, and has had a newer lock of the project
    /// @throws BadBundleException if the lock is none
    public Admitted admit(Path bundle) throws IOException {
        return admit(bundle, Bundle.lockBytes(bundle), Newness.DEMANDED);
    }

    /// The lock of `bundle`, which is for `project` and which this host took once. What is installed may be
    /// older than what was seen since: else a host that was handed a newer bundle could no longer start what it
    /// has.
    ///
    /// @throws BadSignatureException if this host trusts keys, and none of them has signed the lock
    /// @throws BadBundleException if the lock is none, or that of another project
    public Admitted admitInstalled(Path bundle, ProjectName project) throws IOException {
        var admitted = admit(bundle, Bundle.lockBytes(bundle), Newness.KNOWN);
        admitted.requireFor(project, bundle);
        return admitted;
    }

    /// The lock whose bytes are `lock`.
    ///
    /// @param bundle where its signatures lie
    public Admitted admit(Path bundle, byte[] lock) throws IOException {
        return admit(bundle, lock, Newness.DEMANDED);
    }

    private enum Newness {
        DEMANDED,
        KNOWN
    }

    private Admitted admit(Path bundle, byte[] bytes, Newness newness) throws IOException {
        var file = bundle.resolve(Bundle.LOCK);
        if (terms == Terms.ANY_SIGNATURE) {
            warn.accept("warning: nobody looked at the signature of " + file + ", as --insecure-skip-signature says");
            return new Admitted(LockFile.read(file, bytes), "");
        }
        if (!trustsKeys()) {
            return new Admitted(LockFile.read(file, bytes), "");
        }
        var signed = SignedLock.verify(bundle, bytes, TRUSTED.under(root), clock);
        var lock = LockFile.read(file, bytes);
        if (!signed.isEmpty() && (newness == Newness.DEMANDED || terms == Terms.ANY_VERSION)) {
            checkVersion(lock);
        }
        return new Admitted(lock, signed);
    }

    /// Whether there may be keys: the one thing that a host without any is asked.
    private boolean trustsKeys() {
        return !Files.notExists(TRUSTED.under(root), LinkOption.NOFOLLOW_LINKS);
    }

    private void checkVersion(Lock lock) throws IOException {
        var seen = new SeenVersions(root, disk).of(lock.project());
        if (lock.version() >= seen) {
            return;
        }
        if (terms != Terms.ANY_VERSION) {
            throw new RollbackException(lock.project(), lock.version(), seen);
        }
        warn.accept("warning: version %d of %s takes the place of version %d, as --allow-downgrade says"
                .formatted(lock.version(), lock.project(), seen));
    }

    /// Remembers that this host took `admitted` on, so that nothing older is taken from now on. Where nothing was
    /// signed, nothing is remembered: anybody could have written the version.
    public void remember(Admitted admitted) throws IOException {
        if (!admitted.signedBy().isEmpty()) {
            new SeenVersions(root, disk).remember(admitted.lock(), terms == Terms.ANY_VERSION);
        }
    }

    /// A lock that this host takes.
    ///
    /// @param signedBy the key that it trusts, for people; empty if nobody looked
    public record Admitted(Lock lock, String signedBy) {
        /// @throws BadBundleException if the lock is that of another project
        public void requireFor(ProjectName project, Path bundle) throws BadBundleException {
            if (!lock.project().equals(project)) {
                throw new BadBundleException("%s: the lock of the project '%s', not of '%s': another bundle is here"
                        .formatted(bundle.resolve(Bundle.LOCK), lock.project(), project));
            }
        }
    }
}
