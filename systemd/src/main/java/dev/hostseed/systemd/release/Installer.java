package dev.hostseed.systemd.release;

import dev.hostseed.core.file.Disk;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.signature.Admission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Consumer;

/// Puts the release of a medium on a host, with its runtime and its images. At any moment the host is wholly as
/// before or as the medium has it, but for the few renames from one to the other: the mark comes after the last
/// of them, so that whoever finds it missing installs again. To install again what is there changes nothing.
///
/// @param root `/`, or a tree that is to become a host
/// @param systemctl of the host at `root`
/// @param report is given lines for people: what is done, and what they should know
public record Installer(Path root, Disk disk, Systemctl systemctl, Consumer<String> report) {

    /// Installs what is in `medium`, as far as this host takes it by all its demands.
    ///
    /// @throws IOException as the other one
    public void install(Path medium, Digest expected, String instance) throws IOException {
        var demands = Admission.Terms.ALL_DEMANDS;
        install(medium, expected, instance, new Admission(root, disk, InstantSource.system(), demands, report));
    }

    /// Installs what is in `medium`, and has the project's target started.
    ///
    /// @param medium the `hostseed/` directory of a medium
    /// @param expected the digest of its list of checksums
    /// @param instance cloud-init's instance-id, letters, digits and `._-`
    /// @param admission whether this host takes the bundle: asked before anything is written
    /// @throws dev.hostseed.core.image.BadBundleException if the medium is damaged or not the expected one;
    /// nothing was changed
    /// @throws dev.hostseed.core.signature.BadSignatureException if this host trusts keys, and none of them has
    /// signed the lock; nothing was changed
    /// @throws dev.hostseed.core.signature.RollbackException if this host trusts keys, and has had a newer lock
    /// of the project; nothing was changed
    /// @throws BusyException if another installation is under way; nothing was changed
    /// @throws ForeignUnitException if somebody else has a unit of the same name; nothing was changed
    /// @throws dev.hostseed.core.file.ObstructedException if something is in the way
    /// @throws SystemctlException if all is installed, but systemd refuses to start it
    /// @throws IOException if the disk fails or is too small
    public void install(Path medium, Digest expected, String instance, Admission admission) throws IOException {
        var mark = mark(instance);
        try (var _ = InstallLock.take(root)) {
            var opened = Medium.open(medium, expected);
            var admitted = admission.admit(medium.resolve(Medium.BUNDLE), opened.lock());
            admitted.requireFor(opened.manifest().project(), medium.resolve(Medium.BUNDLE));
            if (!admitted.signedBy().isEmpty()) {
                report.accept("the lock is signed by " + admitted.signedBy());
            }
            new Installation(this, opened, mark).run(() -> admission.remember(admitted));
        }
    }

    /// Whether a seed with the instance-id `instance` was installed.
    public boolean isInstalled(String instance) {
        return Files.exists(mark(instance).under(root));
    }

    private static TargetPath mark(String instance) {
        if (!instance.matches("[a-zA-Z0-9._-]{1,200}")) {
            throw new IllegalArgumentException("not an instance-id that can name a file: '" + instance + "'");
        }
        return HostPaths.INSTALLED.resolve(instance);
    }
}
