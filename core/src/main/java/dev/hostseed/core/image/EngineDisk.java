package dev.hostseed.core.image;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.data.Plural;
import dev.hostseed.core.engine.Engine;
import dev.hostseed.core.engine.EngineFullException;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.work.WorkFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// The disk that an Engine keeps its images on, where that is a disk of this machine.
///
/// @param root the Engine's data root
/// @param layers where layers come to lie
/// @param containerd whether the Engine keeps images in containerd's store
record EngineDisk(Path root, Path layers, boolean containerd) {
    /// Of an Engine that says nothing of it: no directory is looked at.
    static final EngineDisk UNKNOWN = new EngineDisk(Path.of(""), Path.of(""), false);

    /// Where a containerd that is not dockerd's own keeps its content.
    private static final Path SYSTEM_CONTAINERD = Path.of("/var/lib/containerd");

    private static final String SYSTEM_CONTAINERD_SOCKET = "/run/containerd/containerd.sock";

    /// As an image shows it that is `present`, or else as the Engine tells, which takes it a while: for `GET /info` it
    /// runs what it runs containers with, and asks that for its version.
    ///
    /// @throws IOException if it tells nothing: what it is sent depends on the store
    static EngineDisk of(Engine engine, List<EngineImages.Present> present) throws IOException {
        for (var image : present) {
            if (image.overlay().isPresent()) {
                var root = image.overlay().get();
                return new EngineDisk(root, root, false);
            }
        }
        return of(EngineImages.fields("/info", engine.info()));
    }

    /// The data root, if an image is in the classic store of the driver overlay2: in `overlay2/ID/diff` below it are
    /// the files of the image's highest layer. containerd's store tells no path of any layer.
    ///
    /// Rule: Docker's manual, "OverlayFS storage driver"; Engine API, "Inspect an image", `GraphDriver`.
    ///
    /// @param image as the Engine shows it
    static Optional<Path> overlay(Fields image) throws IOException {
        var driver = image.innerOrEmpty("GraphDriver");
        var upper = driver.innerOrEmpty("Data").textOrEmpty("UpperDir");
        var below = upper.lastIndexOf("/overlay2/");
        return below > 0 && driver.textOrEmpty("Name").equals("overlay2")
                ? Optional.of(Path.of(upper.substring(0, below)))
                : Optional.empty();
    }

    /// As the Engine tells, if it does.
    static EngineDisk of(Engine engine) throws IOException {
        return engine.info() instanceof Data.Mapping info ? of(new Fields("/info", info)) : UNKNOWN;
    }

    private static EngineDisk of(Fields info) throws IOException {
        var root = Path.of(info.textOrEmpty("DockerRootDir"));
        var containerd = usesContainerd(info);
        var foreign = containerd
                && info.innerOrEmpty("Containerd").textOrEmpty("Address").equals(SYSTEM_CONTAINERD_SOCKET);
        return new EngineDisk(root, foreign ? SYSTEM_CONTAINERD : root, containerd);
    }

    private static boolean usesContainerd(Fields info) {
        return info.mapping().entries().get("DriverStatus") instanceof Data.Sequence(var pairs)
                && pairs.stream().anyMatch(EngineDisk::namesContainerd);
    }

    private static boolean namesContainerd(Data pair) {
        return pair instanceof Data.Sequence(var words)
                && words.size() == 2
                && words.get(0) instanceof Data.Text(var key)
                && words.get(1) instanceof Data.Text(var value)
                && key.equals("driver-type")
                && value.equals("io.containerd.snapshotter.v1");
    }

    /// Whether there is room for `images`: the classic store has a copy of the whole archive beside the layers while it
    /// unpacks them, and containerd's keeps content and snapshots. Two images are under way at a time.
    ///
    /// @param sent the layers, by plain digest, that the Engine lacks
    /// @throws EngineFullException if there is not; it says what is needed
    void require(List<LockedImage> images, Set<Digest> sent) throws IOException {
        if (!isHere(layers)) {
            return;
        }
        var needed = needed(images, sent);
        if (needed > usable()) {
            throw new EngineFullException("no room for the images, which need " + Plural.ofBytes(needed)
                    + " while they are loaded; nothing was sent");
        }
    }

    /// In bytes: two and a half times what is under way at once, and one and a quarter of the rest, which by then is
    /// unpacked; containerd's store keeps all twice.
    long needed(List<LockedImage> images, Set<Digest> sent) {
        var counted = new TreeSet<String>();
        var total = 0L;
        var sizes = new ArrayList<Long>();
        for (var image : images) {
            var size = 0L;
            for (var layer : image.layers()) {
                if (sent.contains(layer.plain().digest())
                        && counted.add(layer.plain().digest().value())) {
                    size = saturated(size, layer.plain().size());
                }
            }
            sizes.add(size);
            total = saturated(total, size);
        }
        var underway =
                sizes.stream().sorted((a, b) -> Long.compare(b, a)).limit(2).reduce(0L, EngineDisk::saturated);
        var twice = containerd ? total : underway;
        return saturated(saturated(total, total / 4), saturated(twice, twice / 4));
    }

    private static long saturated(long a, long b) {
        return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
    }

    /// Returns when everything that the Engine wrote lies on the disk.
    ///
    /// Rule: sync(1), `--file-system`; syncfs(2).
    void sync() throws IOException {
        var command = new ArrayList<>(List.of("sync", "--file-system"));
        for (var path : new TreeSet<>(List.of(root, containerd ? SYSTEM_CONTAINERD : root))) {
            if (isHere(path)) {
                command.add(path.toString());
            }
        }
        if (command.size() > 2) {
            run(command);
        }
    }

    /// Such as `; /var/lib/docker has 12.3 MB left`, or nothing where that cannot be known.
    String free() throws IOException {
        return isHere(layers) ? "; " + layers + " has " + Plural.ofBytes(usable()) + " left" : "";
    }

    /// In bytes. Not by the file store: that is found by its mount point, and a chroot may list none.
    private long usable() {
        return layers.toFile().getUsableSpace();
    }

    private static boolean isHere(Path path) {
        return path.isAbsolute() && Files.isDirectory(path);
    }

    private static void run(List<String> command) throws IOException {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readNBytes(4096), StandardCharsets.UTF_8).strip();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(said.isEmpty() ? command + " failed" : said);
            }
        } catch (InterruptedException asked) {
            process.destroy();
            throw WorkFailure.of(asked);
        }
    }
}
