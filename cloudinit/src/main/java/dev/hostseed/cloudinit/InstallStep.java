package dev.hostseed.cloudinit;

import static dev.hostseed.systemd.unit.Directive.command;
import static dev.hostseed.systemd.unit.Directive.line;
import static dev.hostseed.systemd.unit.Directive.literal;
import static dev.hostseed.systemd.unit.Directive.paths;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Digest;
import dev.hostseed.core.host.FileMode;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.systemd.unit.Unit;
import dev.hostseed.systemd.unit.Unit.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// How a host installs what its seed carries: a unit that runs until it succeeded once for this seed, and the script
/// that finds the medium. `runcmd` only writes, enables and starts it, because cloud-init does not run that again after
/// a loss of power.
///
/// @param expected the digest of `hostseed/SHA256SUMS` on the medium
/// @param instanceId as in meta-data; empty while it is not known yet
public record InstallStep(Digest expected, String instanceId) {
    private static final String UNIT = "hostseed-install.service";
    private static final TargetPath UNIT_PATH = new TargetPath("/etc/systemd/system").resolve(UNIT);
    private static final TargetPath SCRIPT = new TargetPath("/usr/local/sbin/hostseed-seed");
    private static final TargetPath STATE = new TargetPath("/var/lib/hostseed");
    private static final TargetPath RUNTIME = new TargetPath("/opt/hostseed");

    /// What `write_files` has to write for it.
    List<Data.Mapping> files() {
        return List.of(
                WriteFile.of(UNIT_PATH, unit().text(), FileMode.READABLE),
                WriteFile.of(SCRIPT, script(), FileMode.EXECUTABLE));
    }

    /// What `runcmd` has to run for it. Written to the disk before the start, the unit comes again after a loss of
    /// power.
    static List<List<String>> commands() {
        return List.of(
                List.of("systemctl", "daemon-reload"),
                List.of("systemctl", "enable", UNIT),
                List.of("sync"),
                List.of("systemctl", "start", "--no-block", UNIT));
    }

    private Unit unit() {
        return Unit.of(
                new Section(
                        "Unit",
                        List.of(
                                line("Description", "hostseed: install what the seed carries"),
                                line("ConditionPathExists", "!" + STATE + "/installed/" + instanceId),
                                paths("RequiresMountsFor", List.of(STATE, RUNTIME)))),
                new Section(
                        "Service",
                        List.of(
                                literal("Type", "oneshot"),
                                command("ExecStart", List.of(SCRIPT.value(), expected.value(), instanceId)),
                                literal("PrivateMounts", "yes"),
                                literal("TimeoutStartSec", "infinity"),
                                literal("StandardOutput", "journal+console"))),
                new Section("Install", List.of(literal("WantedBy", "multi-user.target"))));
    }

    private static String script() {
        try (var script = InstallStep.class.getResourceAsStream("hostseed-seed")) {
            return new String(Objects.requireNonNull(script).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible); // it lies beside this class
        }
    }
}
