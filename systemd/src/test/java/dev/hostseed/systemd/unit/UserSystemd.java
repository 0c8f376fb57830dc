package dev.hostseed.systemd.unit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// A real systemd, as a user's manager in namespaces of its own, which ends with the test. It needs root.
final class UserSystemd {
    private static final Path MANAGER = Path.of("/lib/systemd/systemd");

    /// Starts every unit in `$1/config/systemd/user`, and ends. A manager hands a service its credentials through a
    /// mount, which has to reach the service. Since systemd 256 a user's manager looks in the user's store alone.
    private static final String SCRIPT = """
            mount --make-rshared /
            mount -t tmpfs tmpfs /run
            mkdir -p /run/systemd/system /run/user/0
            if [ -d "$1/credstore" ]; then
                cp -r "$1/credstore" /run/credstore
                cp -r "$1/credstore" /run/user/0/credstore
            fi
            umount -R /sys/fs/cgroup
            mount -t cgroup2 none /sys/fs/cgroup
            export XDG_RUNTIME_DIR=/run/user/0 XDG_CONFIG_HOME="$1/config"
            /lib/systemd/systemd --user >"$1/log" 2>&1 &
            tries=0
            until systemctl --user show >/dev/null 2>&1 || [ "$tries" = 100 ]; do
                tries=$((tries + 1))
                sleep 0.1
            done
            cd "$1/config/systemd/user" && systemctl --user start * >>"$1/log" 2>&1
            kill -KILL $!
            """;

    /// The shell's own command line is what systemd made of ours. `$1` is where to write it.
    private static final String DUMP = """
            #!/bin/sh
            cat "/proc/$$/cmdline" >"$1"
            cat "/proc/$$/environ" >"$1.environ"
            """;

    private UserSystemd() {}

    static boolean isUsable() throws IOException, InterruptedException {
        return Files.isExecutable(MANAGER)
                && Tool.output(List.of("unshare", "-m", "-p", "-f", "--mount-proc", "-C", "true"))
                        .isEmpty();
    }

    /// A program that writes the command line that it was started with, and its environment, to the file that its first
    /// argument names.
    static Path dump(Path directory) throws IOException {
        var dump = Files.writeString(directory.resolve("dump"), DUMP);
        if (!dump.toFile().setExecutable(true)) {
            throw new IOException("cannot be made executable: " + dump);
        }
        return dump;
    }

    /// Starts `units`, text by name, and returns when all have ended.
    static void start(Path directory, Map<String, String> units) throws IOException, InterruptedException {
        var config = Files.createDirectories(directory.resolve("config/systemd/user"));
        for (var unit : units.entrySet()) {
            Files.writeString(config.resolve(unit.getKey()), unit.getValue());
        }
        Tool.output(List.of(
                "unshare",
                "-m",
                "-p",
                "-f",
                "--mount-proc",
                "-C",
                "/bin/sh",
                "-c",
                SCRIPT,
                "sh",
                directory.toString()));
    }

    /// The texts, NUL after each, that the dump program wrote to `file`; nothing, if it was not started.
    static List<String> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        var text = Files.readString(file, StandardCharsets.UTF_8);
        var all = List.of(text.split("\0", -1));
        return all.subList(0, all.size() - 1);
    }
}
