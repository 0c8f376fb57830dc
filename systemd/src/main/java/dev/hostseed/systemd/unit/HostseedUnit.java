package dev.hostseed.systemd.unit;

import java.util.ArrayList;
import java.util.List;

/// What all units that run hostseed have in common.
final class HostseedUnit {
    static final UnitName DOCKER = new UnitName("docker.service");

    /// What neither the Engine's socket, nor signals to containers of other users, nor the JVM's compiler needs. The
    /// control groups stay writable: a container is killed there when the Engine does not answer.
    static final List<Directive> HARDENING = List.of(
            Directive.literal("NoNewPrivileges", "yes"),
            Directive.literal("ProtectSystem", "full"),
            Directive.literal("ProtectHome", "yes"),
            Directive.literal("PrivateTmp", "yes"),
            Directive.literal("ProtectKernelTunables", "yes"),
            Directive.literal("ProtectKernelModules", "yes"),
            Directive.literal("ProtectKernelLogs", "yes"),
            Directive.literal("RestrictAddressFamilies", "AF_UNIX"),
            Directive.literal("RestrictRealtime", "yes"),
            Directive.literal("RestrictSUIDSGID", "yes"),
            Directive.literal("LockPersonality", "yes"),
            Directive.literal("SystemCallArchitectures", "native"),
            Directive.literal("LimitCORE", "0"),
            Directive.literal("UMask", "0077"));

    private HostseedUnit() {}

    /// A call of the runtime that is current when the unit is started.
    static List<String> command(String... arguments) {
        var words = new ArrayList<>(List.of("/opt/hostseed/current/bin/hostseed"));
        words.addAll(List.of(arguments));
        return words;
    }
}
