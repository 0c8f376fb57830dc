package dev.hostseed.systemd.unit;

import dev.hostseed.core.file.FileContent;
import dev.hostseed.core.host.Dependency;
import dev.hostseed.core.host.GrantedFile;
import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.Replica;
import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.host.RestartPolicy.Pace;
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

/// The unit of one container of a service. Its main process is the supervisor, which makes and watches the container.
final class ServiceUnit {
    /// What the supervisor needs itself, beyond the time that it grants a container.
    private static final Duration CLEAN_UP = Duration.ofSeconds(20);

    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);

    /// Under every policy a supervisor comes back whose container went because the Engine went (EX_TEMPFAIL of
    /// sysexits.h), and one that was killed: its container may still run, and is adopted.
    private static final String FORCED_RESTART = "75 SIGKILL";

    private ServiceUnit() {}

    static Unit of(Host host, Replica replica) {
        var target = UnitNames.target(host.project().name());
        return Unit.of(
                new Section("Unit", unitSection(host, replica)),
                new Section("Service", serviceSection(host.project(), replica)),
                new Section("Install", List.of(Directive.units("WantedBy", List.of(target)))));
    }

    private static List<Directive> unitSection(Host host, Replica replica) {
        var project = host.project();
        var service = replica.service();
        var prepared = preparedBy(host, service);
        prepared.addAll(UnitNames.steps(project.name(), service));
        var wanted = dependencies(project, service, d -> !d.required());
        wanted.addFirst(HostseedUnit.DOCKER);
        var required = new LinkedHashSet<>(prepared);
        required.addAll(dependencies(project, service, Dependency::required));
        var after = new LinkedHashSet<UnitName>(List.of(HostseedUnit.DOCKER));
        after.addAll(prepared);
        after.addAll(dependencies(project, service, d -> true));
        var partOf = dependencies(project, service, Dependency::restart);
        partOf.addFirst(UnitNames.target(project.name()));

        var directives = new ArrayList<Directive>();
        directives.add(Directive.line("Description", project.name() + ": " + replica.name()));
        directives.add(Directive.units("Wants", wanted)); // never Requires=: containers outlive the Engine
        directives.add(Directive.units("Requires", required));
        directives.add(Directive.units("After", after));
        directives.add(Directive.units("PartOf", partOf));
        directives.addAll(mountsFor(service));
        directives.addAll(startLimit(service.restart()));
        return directives;
    }

    static SequencedSet<UnitName> preparedBy(Host host, Service service) {
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

    /// The units of those that `service` depends on: of all their containers. One that is scaled to 0 is not waited
    /// for.
    static SequencedSet<UnitName> dependencies(Project project, Service service, Predicate<Dependency> which) {
        var units = new LinkedHashSet<UnitName>();
        service.dependencies().stream()
                .filter(which)
                .flatMap(d -> project.find(d.on()).stream())
                .filter(other -> other.scale() > 0)
                .forEach(other -> units.addAll(UnitNames.services(project.name(), other)));
        return units;
    }

    static List<Directive> mountsFor(Service service) {
        var sources = bindSources(service);
        return sources.isEmpty() ? List.of() : List.of(Directive.paths("RequiresMountsFor", sources));
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

    private static List<Directive> serviceSection(Project project, Replica replica) {
        var service = replica.service();
        var job = project.runsToCompletion(service.name());
        var directives = supervised(project.name(), replica.name(), UnitNames.slice(project.name(), replica), job);
        directives.addAll(restart(service.restart(), job));
        directives.add(Directive.literal("SuccessExitStatus", "143"));
        directives.addAll(times(service, job));
        directives.addAll(credentials(project.name(), service));
        directives.addAll(HostseedUnit.HARDENING);
        return directives;
    }

    /// @param name of the definition that is to be run
    static List<Directive> supervised(ProjectName project, String name, UnitName slice, boolean job) {
        var directives = new ArrayList<Directive>();
        directives.add(Directive.literal("Type", job ? "oneshot" : "notify"));
        if (job) {
            directives.add(Directive.literal("RemainAfterExit", "yes"));
        }
        directives.add(Directive.literal("NotifyAccess", "main"));
        directives.add(Directive.units("Slice", List.of(slice)));
        // All services of the project have this directory, so it stays when one of them stops.
        directives.add(Directive.literal("RuntimeDirectory", "hostseed/" + project));
        directives.add(Directive.literal("RuntimeDirectoryMode", "0700"));
        directives.add(Directive.literal("RuntimeDirectoryPreserve", "yes"));
        var run = HostseedUnit.command("run", "-p", project.value(), name);
        var clean = HostseedUnit.command("run", "-p", project.value(), "--clean", name);
        directives.add(Directive.command("ExecStart", run));
        directives.add(Directive.forgivenCommand("ExecStopPost", clean));
        directives.add(Directive.literal("KillMode", "mixed"));
        return directives;
    }

    /// What the host may have in the place of a secret that the release carries. A name without a path is looked for
    /// and may be missing; a path may not.
    static List<Directive> credentials(ProjectName project, Service service) {
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

    static List<Directive> times(Service service, boolean job) {
        // What is run before the stop signal has as long as the container has after it.
        var stops = service.hooks().preStop().isEmpty() ? 1 : 2;
        return List.of(
                job
                        ? Directive.literal("TimeoutStartSec", "infinity")
                        : Directive.time("TimeoutStartSec", START_TIMEOUT), // which the supervisor extends
                Directive.time(
                        "TimeoutStopSec",
                        service.stopGracePeriod().multipliedBy(stops).plus(CLEAN_UP)),
                Directive.literal("OOMScoreAdjust", "-500"));
    }

    private static List<Directive> startLimit(RestartPolicy policy) {
        var pace = paceOf(policy);
        return pace.maximumRetries() == 0
                ? List.of(Directive.literal("StartLimitIntervalSec", "0"))
                : List.of(
                        Directive.time("StartLimitIntervalSec", pace.window()),
                        Directive.literal("StartLimitBurst", Integer.toString(pace.maximumRetries() + 1)));
    }

    private static Pace paceOf(RestartPolicy policy) {
        return switch (policy) {
            case RestartPolicy.Never() -> new Pace(0);
            case RestartPolicy.Always(var pace) -> pace;
            case RestartPolicy.OnFailure(var pace) -> pace;
        };
    }

    static List<Directive> restart(RestartPolicy policy, boolean job) {
        var directives = new ArrayList<>(List.of(
                Directive.literal("Restart", restartOf(policy, job)),
                Directive.time("RestartSec", paceOf(policy).pause())));
        if (!job) { // systemd refuses a oneshot with it
            directives.add(Directive.literal("RestartForceExitStatus", FORCED_RESTART));
        }
        return directives;
    }

    private static String restartOf(RestartPolicy policy, boolean job) {
        return switch (policy) {
            case RestartPolicy.Never() -> "no";
            case RestartPolicy.OnFailure(var ignored) -> "on-failure";
            case RestartPolicy.Always(var ignored) -> {
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
        if (service.scale() > 0) {
            var wants = wants(UnitNames.services(project.name(), service));
            for (var unit : dependencies(project, service, d -> d.required() || d.restart())) {
                files.put(dropIn(unit, service.name()), wants);
            }
        }
        return files;
    }

    private static TargetPath dropIn(UnitName of, ServiceName wanted) {
        return new TargetPath(ProjectUnits.pathOf(of) + ".d").resolve("10-" + wanted + ".conf");
    }

    private static FileContent wants(List<UnitName> services) {
        var wants = Directive.units("Wants", services);
        return FileContent.readable(Unit.of(new Section("Unit", List.of(wants))).text());
    }
}
