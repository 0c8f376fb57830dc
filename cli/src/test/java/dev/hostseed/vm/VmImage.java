package dev.hostseed.vm;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// A stock-like Debian that boots: a raw disk, which machines only read, with a kernel and an initrd beside it.
///
/// @param folder as `src/test/vm/mkimage` leaves it in its cache
record VmImage(Path folder) {
    /// The image of a suite; made first if the cache has none, which takes minutes, root and a Debian mirror. Progress
    /// goes to standard error.
    ///
    /// @throws IOException when it could not be made; the reason is on standard error
    static VmImage of(String suite) throws IOException, InterruptedException {
        var mkimage = new ProcessBuilder("src/test/vm/mkimage", suite)
                .redirectError(Redirect.INHERIT)
                .start();
        var folder = new String(mkimage.getInputStream().readAllBytes()).strip();
        if (mkimage.waitFor() != 0) {
            throw new IOException("mkimage " + suite + " failed");
        }
        return new VmImage(Path.of(folder));
    }

    Path disk() {
        return folder.resolve("disk.img");
    }

    /// The options of qemu that boot the kernel, with what makes it quick under emulation: no mitigations, no
    /// calibration. Without a network card systemd-networkd-wait-online would wait two minutes for one, fail, and
    /// let the boot go on: it is left out to save those minutes. So is the SSH generator of systemd 257, which
    /// logs errors where there is no vsock.
    List<String> bootOptions() {
        return List.of(
                "-kernel",
                folder.resolve("vmlinux").toString(),
                "-initrd",
                folder.resolve("initrd").toString(),
                "-append",
                "root=/dev/vda rw rootfstype=ext4 console=ttyS0 panic=-1 quiet loglevel=4 systemd.show_status=0"
                        + " mitigations=off nokaslr audit=0 random.trust_cpu=1 no_timer_check"
                        + " lpj=4000000 systemd.mask=systemd-networkd-wait-online.service systemd.ssh_auto=no");
    }

    /// What is in it, in words: versions of the kernel, systemd, Docker and cloud-init.
    String description() throws IOException {
        return Files.readString(folder.resolve("info")).strip();
    }
}
