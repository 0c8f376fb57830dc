package dev.hostseed.systemd.unit;

import dev.hostseed.core.host.Machine.Command;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.Volume;
import dev.hostseed.systemd.unit.Unit.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What is done once before the first container: a oneshot each, which stays active when it is done.
final class Preparations {
    /// Bad input, a bad bundle, refused by policy: trying again changes nothing.
    private static final String FINAL_EXIT_STATUSES = "3 4 9";

    /// For a load that does not come on: longer than any silence of the Engine that `load` bears.
    private static final Duration LOAD = Duration.ofMinutes(15);

    private static final Duration ENGINE_START = Duration.ofSeconds(90);

    private static final UnitName NETWORK_ONLINE = new UnitName("network-online.target");

    /// File systems of other hosts, as the driver `local` mounts them. Rule: mount(8).
    private static final Set<String> REMOTE = Set.of("nfs", "nfs4", "cifs");

    private Preparations() {}

    static Unit images(ProjectName project) {
        var load =
                new String[] {"load", "-p", project.value(), "--docker-timeout", Long.toString(ENGINE_START.toSeconds())
                };
        return oneshot(
                project,
                "images",
                List.of(),
                List.of(
                        // For a supervisor that finds its image gone: a restart would restart all that require it.
                        Directive.command("ExecReload", HostseedUnit.command(load)),
                        // However long it takes to load what may be gigabytes, `load` asks for more while it comes on.
                        Directive.time("TimeoutStartSec", LOAD),
                        Directive.literal("NotifyAccess", "exec")),
                load);
    }

    static Unit network(ProjectName project, ResourceName key) {
        return resource(project, "network", key, List.of());
    }

    /// Containers come after the unit, so those with a volume of another host wait for the network too.
    static Unit volume(ProjectName project, Volume volume) {
        return resource(project, "volume", volume.key(), isRemote(volume) ? List.of(NETWORK_ONLINE) : List.of());
    }

    private static boolean isRemote(Volume volume) {
        return volume.origin() instanceof Volume.Made(var driver, var options, var labels)
                && REMOTE.contains(options.getOrDefault("type", ""));
    }

    private static Unit resource(ProjectName project, String kind, ResourceName key, List<UnitName> beside) {
        var timeout = List.of(Directive.time("TimeoutStartSec", Duration.ofSeconds(90)));
        return oneshot(
                project, kind + " " + key, beside, timeout, "ensure", "-p", project.value(), "--" + kind, key.value());
    }

    /// Wants the project's target: services whose start failed because of this unit are started once it succeeds.
    ///
    /// @param beside what else it wants and comes after
    /// @param more of its section `Service`
    private static Unit oneshot(
            ProjectName project, String what, List<UnitName> beside, List<Directive> more, String... arguments) {
        var after = new ArrayList<>(List.of(HostseedUnit.DOCKER));
        after.addAll(beside);
        var wanted = new ArrayList<>(after);
        wanted.add(UnitNames.target(project));
        var service = new ArrayList<>(List.of(
                Directive.literal("Type", "oneshot"),
                Directive.literal("RemainAfterExit", "yes"),
                Directive.units("Slice", List.of(UnitNames.slice(project))),
                Directive.command("ExecStart", HostseedUnit.command(arguments))));
        service.addAll(more);
        service.addAll(List.of(
                Directive.literal("Restart", "on-failure"),
                Directive.time("RestartSec", Duration.ofSeconds(5)),
                Directive.literal("RestartPreventExitStatus", FINAL_EXIT_STATUSES)));
        service.addAll(HostseedUnit.HARDENING);
        return Unit.of(
                new Section(
                        "Unit",
                        List.of(
                                Directive.line("Description", project + ": " + what),
                                Directive.units("Wants", wanted),
                                Directive.units("After", after),
                                Directive.units("PartOf", List.of(UnitNames.target(project))),
                                Directive.literal("StartLimitIntervalSec", "0"))),
                new Section("Service", service));
    }

    /// The host's own commands, in order, each only after the one before it succeeded.
    static Unit commands(ProjectName project, List<Command> commands) {
        var service = new ArrayList<>(
                List.of(Directive.literal("Type", "oneshot"), Directive.literal("RemainAfterExit", "yes")));
        for (var command : commands) {
            service.add(Directive.command("ExecStart", words(command)));
        }
        service.add(Directive.literal("TimeoutStartSec", "infinity"));
        return Unit.of(
                new Section(
                        "Unit",
                        List.of(
                                Directive.line("Description", project + ": commands before services"),
                                Directive.units("PartOf", List.of(UnitNames.target(project))))),
                new Section("Service", service));
    }

    private static List<String> words(Command command) {
        return switch (command) {
            case Command.Shell(var line) -> List.of("/bin/sh", "-c", line);
            case Command.Words(var words) -> {
                // The shell finds the program by PATH, whatever its name: systemd would read a `-` or `@` before it
                // as an order to itself, and refuse control characters.
                var found = new ArrayList<>(List.of("/bin/sh", "-c", "exec \"$@\"", "sh"));
                found.addAll(words);
                yield found;
            }
        };
    }
}
