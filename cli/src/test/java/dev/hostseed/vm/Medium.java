package dev.hostseed.vm;

import java.nio.file.Path;
import java.util.List;

/// An ISO image that a machine can read.
sealed interface Medium {
    Path iso();

    /// The options of qemu that attach it.
    List<String> options();

    /// A second virtio disk.
    record Disk(Path iso) implements Medium {
        @Override
        public List<String> options() {
            return List.of("-drive", "if=virtio,format=raw,readonly=on,file=" + iso);
        }

        @Override
        public String toString() {
            return iso.getFileName() + " as a disk";
        }
    }

    /// A CD-ROM on a SCSI bus.
    record Cd(Path iso) implements Medium {
        @Override
        public List<String> options() {
            return List.of(
                    "-drive",
                    "if=none,id=cd,format=raw,readonly=on,media=cdrom,file=" + iso,
                    "-device",
                    "scsi-cd,drive=cd");
        }

        @Override
        public String toString() {
            return iso.getFileName() + " as a CD-ROM";
        }
    }
}
