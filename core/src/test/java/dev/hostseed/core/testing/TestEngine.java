package dev.hostseed.core.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.newsclub.net.unix.AFUNIXSocket;
import org.newsclub.net.unix.AFUNIXSocketAddress;

/// A Docker Engine of the test's own: a real `dockerd` with its data, sockets and pid file below one directory, and in
/// a network namespace of its own, so that several run beside each other and their bridges vanish with them. It has no
/// default bridge and no firewall rules, so containers need a network that they name, `none` or `host`.
public final class TestEngine implements AutoCloseable {
    /// In a mount namespace of its own, so that all mounts vanish with the daemon.
    private static final String IN_ROOT = """
            mount --bind "$1" "$1"
            mount -t proc proc "$1/proc"
            mount --rbind /sys "$1/sys"
            mount --rbind /dev "$1/dev"
            mkdir -p "$1$PWD"
            mount --bind "$PWD" "$1$PWD"
            root=$1
            if [ -n "$2" ]; then
                mkdir -p "$root$3"
                mount -t tmpfs -o "size=$2" tmpfs "$root$3"
            fi
            shift 3
            exec chroot "$root" "$@"
            """;

    /// With a data root of a given size, which vanishes with the daemon as well.
    private static final String WITH_SMALL_DISK = """
            mkdir -p "$1"
            mount -t tmpfs -o "size=$2" tmpfs "$1"
            shift 2
            exec "$@"
            """;

    private final Kind kind;
    private final Path directory;
    private final boolean liveRestore;
    private final String diskSize;
    private Process daemon;

    private TestEngine(Kind kind, Path directory, boolean liveRestore, String diskSize, Process daemon) {
        this.kind = kind;
        this.directory = directory;
        this.liveRestore = liveRestore;
        this.diskSize = diskSize;
        this.daemon = daemon;
    }

    /// Which `dockerd`, and how it keeps images. One in another root sees the directory that the tests run in, too.
    ///
    /// @param root in which `dockerd` is installed: `/`, or a directory to change the root to
    /// @param containerd whether images are in containerd's store rather than in the classic one
    public record Kind(Path root, boolean containerd) {
        private static final Kind OF_THE_MACHINE = new Kind(Path.of("/"), false);

        private boolean isOfTheMachine() {
            return root.equals(OF_THE_MACHINE.root);
        }

        @Override
        public String toString() {
            return (isOfTheMachine() ? "the machine's own" : root.getFileName()) + (containerd ? ", containerd" : "");
        }
    }

    /// The machine's own Engine, and for each root directory in the environment's `HOSTSEED_ENGINE_ROOTS`, divided by
    /// colons, the one in it with both stores.
    public static Stream<Kind> kinds() {
        var roots = System.getenv().getOrDefault("HOSTSEED_ENGINE_ROOTS", "");
        var more = Stream.of(roots.split(":"))
                .filter(root -> !root.isEmpty())
                .map(Path::of)
                .flatMap(root -> Stream.of(new Kind(root, false), new Kind(root, true)));
        return Stream.concat(Stream.of(Kind.OF_THE_MACHINE), more);
    }

    /// Starts the machine's own Engine and waits until it answers. Where none can run, the test is skipped; it fails
    /// if the environment says `CI=true`.
    public static TestEngine start(boolean liveRestore) throws IOException, InterruptedException {
        return start(Kind.OF_THE_MACHINE, liveRestore);
    }

    /// Starts an Engine as [#start(boolean)] does.
    public static TestEngine start(Kind kind) throws IOException, InterruptedException {
        return start(kind, false);
    }

    /// Starts an Engine as [#start(boolean)] does, with a disk that is soon full; a restart empties it.
    ///
    /// @param size as mount(8) takes it for tmpfs: `64m`
    public static TestEngine withDisk(Kind kind, String size) throws IOException, InterruptedException {
        return start(kind, false, size);
    }

    private static TestEngine start(Kind kind, boolean liveRestore) throws IOException, InterruptedException {
        return start(kind, liveRestore, "");
    }

    private static TestEngine start(Kind kind, boolean liveRestore, String diskSize)
            throws IOException, InterruptedException {
        need(Files.isExecutable(kind.root().resolve("usr/sbin/dockerd"))
                || Files.isExecutable(kind.root().resolve("usr/bin/dockerd")));
        need(Files.isWritable(Path.of("/proc/sys/kernel/hostname")) && "root".equals(System.getProperty("user.name")));
        var temporary = kind.isOfTheMachine()
                ? Path.of(System.getProperty("java.io.tmpdir"))
                : kind.root().resolve("tmp");
        var directory = Files.createTempDirectory(temporary, "hostseed-engine"); // short: a socket's path has 107 bytes
        makeNetwork(networkIn(directory));
        var daemon = launch(kind, directory, liveRestore, diskSize, "overlay2");
        return new TestEngine(kind, directory, liveRestore, diskSize, daemon);
    }

    /// A network namespace that outlives the daemon, which has to find its bridges again when it is restarted.
    private static void makeNetwork(Path namespace) throws IOException, InterruptedException {
        Files.createFile(namespace);
        need(new ProcessBuilder("unshare", "--net=" + namespace, "true")
                        .inheritIO()
                        .start()
                        .waitFor()
                == 0);
    }

    /// Where it listens.
    public Path socket() {
        return socketIn(directory);
    }

    /// What `docker arguments…` prints, standard error included.
    ///
    /// @throws AssertionError if it fails
    public String docker(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("docker", "--host", "unix://" + socket()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("DOCKER_CONFIG", directory.resolve("config").toString());
        var process = builder.start();
        process.getOutputStream().close();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(command + ": " + output);
        }
        return output.strip();
    }

    /// Writes what `docker save` writes of the image `reference` to `archive`.
    public void save(String reference, Path archive) throws IOException, InterruptedException {
        docker("save", "--output", archive.toString(), reference);
    }

    /// Makes the image `reference` out of nothing but a static busybox: `/bin/sh` and what else a test calls.
    public void busybox(String reference) throws IOException, InterruptedException {
        need(Files.isExecutable(Path.of("/usr/bin/busybox")));
        var root = Files.createDirectories(directory.resolve("root"));
        var bin = Files.createDirectories(root.resolve("bin"));
        Files.createDirectories(root.resolve("tmp"));
        if (Files.notExists(bin.resolve("busybox"))) {
            Files.copy(Path.of("/usr/bin/busybox"), bin.resolve("busybox"));
            for (var applet : List.of("sh", "sleep", "cat", "env", "true", "false", "test", "touch", "rm", "kill")) {
                Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
            }
        }
        var archive = directory.resolve("root.tar");
        var tar = new ProcessBuilder("tar", "-C", root.toString(), "-cf", archive.toString(), ".").start();
        need(tar.waitFor() == 0);
        docker("import", "--change", "CMD [\"/bin/sh\"]", archive.toString(), reference);
    }

    /// Stops the daemon as `systemctl stop` would, and starts it again.
    public void restart() throws IOException, InterruptedException {
        stop();
        begin();
    }

    /// Stops the daemon; with live-restore its containers run on.
    public void stop() throws InterruptedException {
        daemon.destroy();
        if (!daemon.waitFor(30, TimeUnit.SECONDS)) {
            daemon.destroyForcibly().waitFor();
        }
    }

    /// Ends the daemon as nothing but SIGKILL does, and its containerd with it.
    public void kill() throws IOException, InterruptedException {
        daemon.destroyForcibly().waitFor();
        var containerd = directory.resolve("exec/containerd/containerd.pid");
        if (Files.exists(containerd)) {
            ProcessHandle.of(Long.parseLong(Files.readString(containerd).strip()))
                    .ifPresent(ProcessHandle::destroyForcibly);
        }
    }

    /// Sends the daemon a signal by its name, such as `STOP`.
    public void signal(String name) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-" + name, Long.toString(daemon.pid()))
                .start()
                .waitFor();
    }

    /// Starts the daemon that [#stop] stopped or [#kill] killed.
    public void begin() throws IOException, InterruptedException {
        daemon = launch(kind, directory, liveRestore, diskSize, "overlay2");
    }

    @Override
    public void close() throws IOException {
        try {
            stopAndRemove();
        } catch (InterruptedException asked) {
            Thread.currentThread().interrupt();
        }
    }

    private void stopAndRemove() throws IOException, InterruptedException {
        if (daemon.isAlive()) {
            for (var id : docker("ps", "--all", "--quiet").lines().toList()) {
                docker("rm", "--force", id);
            }
        }
        stop();
        unmount();
        new ProcessBuilder("rm", "--recursive", "--force", "--one-file-system", directory.toString())
                .inheritIO()
                .start()
                .waitFor();
    }

    /// With live-restore a daemon leaves its mounts for its successor; the namespace is a mount too.
    private void unmount() throws IOException, InterruptedException {
        var points = new ArrayList<String>();
        for (var mount : Files.readAllLines(Path.of("/proc/self/mounts"))) {
            var point = mount.split(" ", 3)[1];
            if (point.startsWith(directory + "/")) {
                points.addFirst(point); // what was mounted last goes first
            }
        }
        for (var point : points) {
            new ProcessBuilder("umount", point).inheritIO().start().waitFor();
        }
    }

    private static Process launch(Kind kind, Path directory, boolean liveRestore, String diskSize, String driver)
            throws IOException, InterruptedException {
        var log = directory.resolve("dockerd.log");
        var daemon = new ProcessBuilder(command(kind, directory, liveRestore, diskSize, driver))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        for (var tries = 0; tries < 600; tries++) {
            if (!daemon.isAlive()) {
                if (driver.equals("overlay2")) {
                    return launch(kind, directory, liveRestore, diskSize, "vfs");
                }
                need(false);
            }
            if (answers(socketIn(directory))) {
                return daemon;
            }
            Thread.sleep(100);
        }
        daemon.destroy();
        throw new AssertionError("dockerd does not answer: " + Files.readString(log));
    }

    private static List<String> command(Kind kind, Path directory, boolean liveRestore, String diskSize, String driver)
            throws IOException {
        var inside = kind.root().resolve("/").resolve(kind.root().relativize(directory));
        var store = "{\"features\": {\"containerd-snapshotter\": " + kind.containerd() + "}}";
        Files.writeString(directory.resolve("daemon.json"), kind.isOfTheMachine() ? "{}" : store);
        var command = new ArrayList<>(List.of("nsenter", "--net=" + networkIn(directory)));
        if (!kind.isOfTheMachine()) {
            var root = kind.root().toString();
            var data = inside.resolve("data").toString();
            command.addAll(List.of("unshare", "--mount", "sh", "-ec", IN_ROOT, "sh", root, diskSize, data));
        } else if (!diskSize.isEmpty()) {
            var data = directory.resolve("data").toString();
            command.addAll(List.of("unshare", "--mount", "sh", "-ec", WITH_SMALL_DISK, "sh", data, diskSize));
        }
        command.addAll(List.of(
                "dockerd",
                "--data-root=" + inside.resolve("data"),
                "--exec-root=" + inside.resolve("exec"),
                "--pidfile=" + inside.resolve("pid"),
                "--host=unix://" + socketIn(inside),
                "--config-file=" + inside.resolve("daemon.json"),
                "--bridge=none",
                "--iptables=false",
                "--ip6tables=false",
                "--exec-opt=native.cgroupdriver=cgroupfs",
                "--live-restore=" + liveRestore));
        if (!kind.containerd()) {
            command.add("--storage-driver=" + driver);
        }
        return command;
    }

    private static boolean answers(Path socket) {
        if (Files.notExists(socket, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (var ping = AFUNIXSocket.connectTo(AFUNIXSocketAddress.of(socket))) {
            ping.setSoTimeout(5000);
            ping.getOutputStream()
                    .write("GET /_ping HTTP/1.0\r\nHost: docker\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            return new String(ping.getInputStream().readNBytes(15), StandardCharsets.US_ASCII).endsWith("200 OK");
        } catch (IOException notYet) {
            return false;
        }
    }

    private static Path networkIn(Path directory) {
        return directory.resolve("network");
    }

    private static Path socketIn(Path directory) {
        return directory.resolve("docker.sock");
    }

    private static void need(boolean present) {
        if (!present && "true".equals(System.getenv("CI"))) {
            Assertions.fail("this test needs root, dockerd and a static busybox");
        }
        Assumptions.assumeTrue(present, "needs root, dockerd and a static busybox");
    }
}
