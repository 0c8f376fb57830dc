package dev.hostseed.core.source;

import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.host.Sharing.VolumesFrom;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;

/// What a service cannot have twice, and what cannot be had of one that has no container.
final class ScaleChecks {
    private final ProjectDraft project;
    private final Report report;

    private ScaleChecks(ProjectDraft project, Report report) {
        this.project = project;
        this.report = report;
    }

    static void run(ServiceDraft service, ProjectDraft project, Report report) {
        var checks = new ScaleChecks(project, report);
        if (service.count() > 1) {
            checks.once(service);
        }
        service.namespaces.values().forEach(shared -> checks.requireContainer(shared.value(), shared.at(), service));
        for (var from : service.volumesFrom) {
            if (from.value() instanceof VolumesFrom.OfService(var other, var ignored)) {
                checks.requireContainer(other, from.at(), service);
            }
        }
        service.links.removeIf(
                link -> !project.services.containsKey(link.value().service()));
    }

    private void once(ServiceDraft service) {
        var several = " for " + service.count() + " containers";
        if (service.containerName.isPresent()) {
            report.error(service.at("container_name"), "one 'container_name'" + several, "remove it, or scale to 1");
        }
        service.ports.stream()
                .filter(port -> port.value().published() != 0)
                .findFirst()
                .ifPresent(port -> report.error(
                        port.at(),
                        "one port of the host" + several,
                        "publish none, and reach them by the name of the service"));
        service.networks.stream()
                .filter(network -> !network.value().ipv4Address().isEmpty()
                        || !network.value().ipv6Address().isEmpty())
                .map(Located::at)
                .findFirst()
                .ifPresent(at -> report.error(at, "one address" + several, "let the Engine choose"));
        service.preStart.stream()
                .filter(step -> step.perReplica)
                .forEach(step -> report.error(
                        step.at,
                        "a step before each of several containers is not supported",
                        "Compose does not do it either",
                        "write per_replica: false, for one before all of them"));
    }

    /// One that is not there at all is told as a dependency, unless that is one to do without.
    private void requireContainer(ServiceName name, Position at, ServiceDraft by) {
        var service = project.services.get(name);
        if (service != null && service.count() == 0) {
            report.error(at, "'" + name + "' is scaled to 0, so there is nothing to share", "scale it to 1");
        } else if (service == null
                && by.dependencies.stream().noneMatch(d -> d.value().on().equals(name))) {
            report.error(
                    at,
                    "the service '" + name + "' is in no active profile, so there is nothing to share",
                    "name one of its profiles with --profile");
        }
    }
}
