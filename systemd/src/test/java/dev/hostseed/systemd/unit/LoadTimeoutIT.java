package dev.hostseed.systemd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hostseed.core.file.FileContent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real systemd makes of a oneshot that tells how far it is, as the unit that loads images does.
@DisplayNameGeneration(ReplaceUnderscores.class)
class LoadTimeoutIT {
    private static final Path PYTHON = Path.of("/usr/bin/python3");

    /// Says its status and asks for more time `$2` times, half a second between, then sleeps for `$3` seconds. `$1` is
    /// the file that tells what came of it.
    private static final String LOADER = """
            import os, socket, subprocess, sys, time
            out, times, end = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
            systemd = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            address = os.environ["NOTIFY_SOCKET"]
            systemd.connect("\\0" + address[1:] if address[0] == "@" else address)
            for i in range(times):
                systemd.send(b"STATUS=loading shop/web:1.2: 45 %")
                systemd.send(b"EXTEND_TIMEOUT_USEC=1500000")
                time.sleep(0.5)
            unit = os.path.basename(out) + ".service"
            with open(out + ".status", "w") as file:
                subprocess.run(["systemctl", "--user", "show", "-p", "StatusText,ActiveState", unit], stdout=file)
            time.sleep(end)
            """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @Test
    void a_load_that_comes_on_is_not_killed_and_one_that_hangs_is() throws Exception {
        Tool.require(UserSystemd.isUsable(), "root, unshare and systemd");
        Tool.require(Files.isExecutable(PYTHON), "python3");
        var loader = Files.writeString(directory.resolve("loader"), LOADER);

        UserSystemd.start(
                directory,
                Map.of(
                        "going.service",
                        unit(loader, "going", 10, 0),
                        "hanging.service",
                        unit(loader, "hanging", 1, 60)));

        assertThat(directory.resolve("going.status"))
                .content()
                .contains("StatusText=loading shop/web:1.2: 45 %", "ActiveState=activating");
        assertThat(directory.resolve("going.result")).content().isEqualTo("success\n");
        assertThat(directory.resolve("hanging.result")).content().isEqualTo("timeout\n");
    }

    private String unit(Path loader, String name, int times, int end) {
        var out = directory.resolve(name);
        var start = List.of(PYTHON.toString(), loader.toString(), out.toString(), "" + times, "" + end);
        var stopped = List.of("/bin/sh", "-c", "echo $SERVICE_RESULT >" + out + ".result");
        return "[Service]\n" + ofImages() + "\nTimeoutStartSec=4s\nTimeoutStopSec=1s\n"
                + Directive.command("ExecStart", start).line() + "\n"
                + Directive.command("ExecStopPost", stopped).line() + "\n";
    }

    /// The lines of the unit that loads images which the outcome depends on. It stops at once, without its
    /// `RemainAfterExit=`, so that the test sees its result.
    private static String ofImages() {
        var path = ProjectUnits.DIRECTORY.resolve("shop-images.service");
        var unit = (FileContent.Held)
                Objects.requireNonNull(ProjectUnits.render(Hosts.shop()).get(path));
        var lines = unit.bytes()
                .utf8()
                .lines()
                .filter(line -> line.startsWith("Type=") || line.startsWith("NotifyAccess="))
                .collect(Collectors.joining("\n"));
        assertThat(lines).isEqualTo("Type=oneshot\nNotifyAccess=exec");
        assertThat(unit.bytes().utf8()).contains("TimeoutStartSec=900s");
        return lines;
    }
}
