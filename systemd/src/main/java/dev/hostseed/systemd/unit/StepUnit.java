package dev.hostseed.systemd.unit;

import dev.hostseed.core.host.Host;
import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.host.Service;
import dev.hostseed.systemd.unit.Unit.Section;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// The unit of what runs before the containers of a service, in a container of its own: after all that the service
/// itself
/// comes after, and after the step before it. That it is done but once is up to the supervisor.
final class StepUnit {
    private StepUnit() {}

    /// @param number from 1
    static Unit of(Host host, Service service, int number) {
        var project = host.project();
        var name = UnitNames.stepName(service.name(), number);
        var policy = new RestartPolicy.OnFailure(0); // else one that failed would leave the service down for good
        var directives =
                ServiceUnit.supervised(project.name(), name, UnitNames.slice(project.name(), service.name()), true);
        directives.addAll(ServiceUnit.restart(policy, true));
        directives.addAll(ServiceUnit.times(service, true));
        directives.addAll(ServiceUnit.credentials(project.name(), service));
        directives.addAll(HostseedUnit.HARDENING);
        return Unit.of(new Section("Unit", unitSection(host, service, number)), new Section("Service", directives));
    }

    /// Wants its service: where that failed because of this step, it is started once the step succeeds.
    private static List<Directive> unitSection(Host host, Service service, int number) {
        var project = host.project();
        var name = project.name();
        var needed = new LinkedHashSet<>(ServiceUnit.preparedBy(host, service));
        needed.addAll(UnitNames.steps(name, service).subList(0, number - 1));
        var required = new LinkedHashSet<>(needed);
        required.addAll(ServiceUnit.dependencies(project, service, d -> d.required()));
        var after = new LinkedHashSet<UnitName>(List.of(HostseedUnit.DOCKER));
        after.addAll(needed);
        after.addAll(ServiceUnit.dependencies(project, service, d -> true));
        var wanted = new LinkedHashSet<UnitName>(List.of(HostseedUnit.DOCKER));
        wanted.addAll(ServiceUnit.dependencies(project, service, d -> !d.required()));
        wanted.addAll(UnitNames.services(name, service));

        var directives = new ArrayList<>(List.of(
                Directive.line("Description", name + ": before " + service.name() + ", step " + number),
                Directive.units("Wants", wanted),
                Directive.units("Requires", required),
                Directive.units("After", after),
                Directive.units("PartOf", List.of(UnitNames.target(name)))));
        directives.addAll(ServiceUnit.mountsFor(service));
        directives.add(Directive.literal("StartLimitIntervalSec", "0"));
        return directives;
    }
}
