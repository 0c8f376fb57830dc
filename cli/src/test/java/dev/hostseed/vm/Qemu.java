package dev.hostseed.vm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A running qemu. It emulates the processor, which works everywhere; it never outlives [#LIFE].
final class Qemu {
    /// Without CMPXCHG16B: with two processors QEMU 7.2 leaves something else than flags in EFLAGS after it, and Linux
    /// 6.12, which allocates memory by it, soon dies of a double fault. Linux does without it.
    private static final String CPU = "max,-cx16";

    private static final Duration LIFE = Duration.ofMinutes(30);

    private final Process process;
    private final Path log;

    private Qemu(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /// Makes the disk of a machine: what `base` has, and whatever the machine writes over it.
    static void overlay(Path base, Path disk) throws IOException, InterruptedException {
        Files.deleteIfExists(disk);
        var create = new ProcessBuilder(
                        "qemu-img", "create", "-q", "-f", "qcow2", "-F", "raw", "-b", base.toString(), disk.toString())
                .inheritIO()
                .start();
        if (create.waitFor() != 0) {
            throw new IOException("qemu-img could not make " + disk);
        }
    }

    /// Starts a machine on `disk`, a qcow2 file, and waits until the socket of its agent is there.
    ///
    /// @param folder is given `console.log` and `qemu.log`
    static Qemu start(VmImage image, int processors, Path disk, List<Medium> media, Path socket, Path folder)
            throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("timeout", "--foreground", "-k", "5", LIFE.toSeconds() + "s"));
        command.addAll(List.of("qemu-system-x86_64", "-nodefaults", "-display", "none", "-nic", "none"));
        command.addAll(List.of("-accel", "tcg,thread=multi,tb-size=512", "-cpu", CPU, "-m", "1536"));
        command.addAll(List.of("-smp", String.valueOf(processors)));
        command.addAll(List.of("-serial", "file:" + folder.resolve("console.log"), "-device", "virtio-rng-pci"));
        command.addAll(
                List.of("-device", "virtio-serial-pci", "-device", "virtserialport,chardev=a,name=hostseed.agent"));
        command.addAll(List.of("-chardev", "socket,id=a,server=on,wait=off,path=" + socket));
        command.addAll(List.of("-drive", "if=virtio,format=qcow2,cache=unsafe,discard=unmap,file=" + disk));
        command.addAll(List.of("-device", "virtio-scsi-pci"));
        media.forEach(medium -> command.addAll(medium.options()));
        command.addAll(image.bootOptions());
        var log = folder.resolve("qemu.log");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var qemu = new Qemu(process, log);
        while (!Files.exists(socket)) {
            if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
                throw new IOException("qemu ended: " + Files.readString(log));
            }
        }
        return qemu;
    }

    /// Waits for the machine to switch itself off.
    ///
    /// @return whether it did in time
    boolean awaitEnd(Duration limit) throws InterruptedException {
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
    }

    /// Ends the machine at once: what the guest gave to its disk stays, what it only had in memory is lost.
    void kill() throws IOException {
        process.destroy(); // timeout(1) passes it on
        try {
            if (!awaitEnd(Duration.ofSeconds(20))) {
                throw new IOException("qemu does not end: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
