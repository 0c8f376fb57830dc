package dev.hostseed.systemd.unit;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.Dependency;
import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.systemd.unit.Unit.Section;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// The unit of one service. Its main process is the supervisor, which makes and watches the container.
final class ServiceUnit {
    /// What the supervisor needs itself, beyond the time that it grants a container.
    private static final Duration CLEAN_UP = Duration.ofSeconds(20);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final Duration RESTART_PAUSE = Duration.ofSeconds(2);

    /// Under every policy a supervisor comes back whose container went because the Engine went (EX_TEMPFAIL of
    /// sysexits.h), and one that was killed: its container may still run, and is adopted.
    private static final String FORCED_RESTART = "75 SIGKILL";

    private ServiceUnit() {}

    static Unit of(Host host, Service service) {
        var target = UnitNames.target(host.project().name());
        return Unit.of(
                new Section("Unit", unitSection(host, service)),
                new Section("Service", serviceSection(host.project(), service)),
                new Section("Install", List.of(Directive.units("WantedBy", List.of(target)))));
    }

    private static List<Directive> unitSection(Host host, Service service) {
        var project = host.project().name();
        var prepared = preparedBy(host, service);
        var wanted = dependencies(project, service, d -> !d.required());
        wanted.addFirst(HostseedUnit.DOCKER);
        var required = new LinkedHashSet<>(prepared);
        required.addAll(dependencies(project, service, Dependency::required));
        var after = new LinkedHashSet<UnitName>(List.of(HostseedUnit.DOCKER));
        after.addAll(prepared);
        after.addAll(dependencies(project, service, d -> true));
        var partOf = dependencies(project, service, Dependency::restart);
        partOf.addFirst(UnitNames.target(project));

        var directives = new ArrayList<Directive>();
        directives.add(Directive.line("Description", project + ": " + service.name()));
        directives.add(Directive.units("Wants", wanted)); // never Requires=: containers outlive the Engine
        directives.add(Directive.units("Requires", required));
        directives.add(Directive.units("After", after));
        directives.add(Directive.units("PartOf", partOf));
        var sources = bindSources(service);
        if (!sources.isEmpty()) {
            directives.add(Directive.paths("RequiresMountsFor", sources));
        }
        directives.addAll(startLimit(service.restart()));
        return directives;
    }

    private static SequencedSet<UnitName> preparedBy(Host host, Service service) {
        var project = host.project().name();
        var units = new LinkedHashSet<UnitName>();
        if (!host.machine().commands().beforeServices().isEmpty()) {
            units.add(UnitNames.prepare(project));
        }
        units.add(UnitNames.images(project));
        for (var attachment : service.connections().networks()) {
            units.add(UnitNames.network(project, attachment.network()));
        }
        for (var mount : service.connections().mounts()) {
            if (mount instanceof Mount.Named named) {
                units.add(UnitNames.volume(project, named.volume()));
            }
        }
        return units;
    }

    private static SequencedSet<UnitName> dependencies(
            ProjectName project, Service service, Predicate<Dependency> which) {
        var units = new LinkedHashSet<UnitName>();
        service.dependencies().stream().filter(which).forEach(d -> units.add(UnitNames.service(project, d.on())));
        return units;
    }

    private static Collection<TargetPath> bindSources(Service service) {
        var sources = new TreeSet<TargetPath>();
        for (var mount : service.connections().mounts()) {
            if (mount instanceof Mount.Bind bind) {
                sources.add(bind.source());
            }
        }
        return sources;
    }

    private static List<Directive> serviceSection(Project project, Service service) {
        var name = project.name().value();
        var job = project.runsToCompletion(service.name());
        var directives = new ArrayList<Directive>();
        directives.add(Directive.literal("Type", job ? "oneshot" : "notify"));
        if (job) {
            directives.add(Directive.literal("RemainAfterExit", "yes"));
        }
        directives.add(Directive.literal("NotifyAccess", "main"));
        directives.add(Directive.units("Slice", List.of(UnitNames.slice(project.name(), service.name()))));
        // All services of the project have this directory, so it stays when one of them stops.
        directives.add(Directive.literal("RuntimeDirectory", "hostseed/" + name));
        directives.add(Directive.literal("RuntimeDirectoryMode", "0700"));
        directives.add(Directive.literal("RuntimeDirectoryPreserve", "yes"));
        var run = HostseedUnit.command("run", "-p", name, service.name().value());
        var clean = HostseedUnit.command(
                "run", "-p", name, "--clean", service.name().value());
        directives.add(Directive.command("ExecStart", run));
        directives.add(Directive.forgivenCommand("ExecStopPost", clean));
        directives.add(Directive.literal("KillMode", "mixed"));
        directives.addAll(restart(service.restart(), job));
        directives.add(Directive.literal("SuccessExitStatus", "143"));
        directives.add(
                job
                        ? Directive.literal("TimeoutStartSec", "infinity")
                        : Directive.time("TimeoutStartSec", START_TIMEOUT)); // which the supervisor extends
        directives.add(
                Directive.time("TimeoutStopSec", service.stopGracePeriod().plus(CLEAN_UP)));
        directives.add(Directive.literal("OOMScoreAdjust", "-500"));
        directives.addAll(credentials(project.name(), service));
        directives.addAll(HostseedUnit.HARDENING);
        return directives;
    }

    /// What the host may have in the place of a secret that the release carries. A name without a path is looked for
    /// and may be missing; a path may not.
    private static List<Directive> credentials(ProjectName project, Service service) {
        var names = new TreeSet<String>();
        for (var mount : service.connections().mounts()) {
            if (mount instanceof Mount.Granted granted && granted.kind() == GrantedFile.Kind.SECRET) {
                names.add(granted.source().value());
            }
        }
        return names.stream()
                .map(name -> Directive.literal("LoadCredential", name + ":" + project + "." + name))
                .toList();
    }

    private static List<Directive> startLimit(RestartPolicy policy) {
        if (policy instanceof RestartPolicy.OnFailure(var maximumRetries) && maximumRetries > 0) {
            return List.of(
                    Directive.time("StartLimitIntervalSec", Duration.ofHours(1)),
                    Directive.literal("StartLimitBurst", Integer.toString(maximumRetries + 1)));
        }
        return List.of(Directive.literal("StartLimitIntervalSec", "0"));
    }

    private static List<Directive> restart(RestartPolicy policy, boolean job) {
        var directives = new ArrayList<>(List.of(
                Directive.literal("Restart", restartOf(policy, job)), Directive.time("RestartSec", RESTART_PAUSE)));
        if (!job) { // systemd refuses a oneshot with it
            directives.add(Directive.literal("RestartForceExitStatus", FORCED_RESTART));
        }
        return directives;
    }

    private static String restartOf(RestartPolicy policy, boolean job) {
        return switch (policy) {
            case RestartPolicy.Never() -> "no";
            case RestartPolicy.OnFailure(var ignored) -> "on-failure";
            case RestartPolicy.Always() -> {
                if (job) {
                    throw new IllegalArgumentException("a job that is waited for cannot always be restarted");
                }
                yield "always";
            }
        };
    }

    /// What makes the services that `service` waits for start it, whenever they are started: a dependency that failed
    /// at first fails the start of what requires it for good, even if it is restarted and succeeds.
    static SortedMap<TargetPath, FileContent> dropIns(Project project, Service service) {
        var files = new TreeMap<TargetPath, FileContent>();
        for (var dependency : service.dependencies()) {
            if (dependency.required() || dependency.restart()) {
                files.put(
                        dropIn(project.name(), dependency.on(), service.name()), wants(project.name(), service.name()));
            }
        }
        return files;
    }

    private static TargetPath dropIn(ProjectName project, ServiceName of, ServiceName wanted) {
        var directory = ProjectUnits.pathOf(UnitNames.service(project, of)).value() + ".d";
        return new TargetPath(directory).resolve("10-" + wanted + ".conf");
    }

    private static FileContent wants(ProjectName project, ServiceName service) {
        var wants = Directive.units("Wants", List.of(UnitNames.service(project, service)));
        return FileContent.readable(Unit.of(new Section("Unit", List.of(wants))).text());
    }
}
