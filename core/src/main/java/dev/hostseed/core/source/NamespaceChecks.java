package dev.hostseed.core.source;

import dev.hostseed.core.problem.Position;
import dev.hostseed.core.problem.Report;
import java.util.Map;

/// What a container cannot have of its own while it is in a namespace of another one, or of the host.
///
/// Rule: moby, `daemon/internal/runconfig/hostconfig.go`.
final class NamespaceChecks {
    /// Members of the create body, by the key that says them.
    private static final Map<String, String> OF_THE_NETWORK =
            Map.of("hostname", "Hostname", "expose", "ExposedPorts", "dns", "Dns", "extra_hosts", "ExtraHosts");

    private final ServiceDraft service;
    private final Report report;

    private NamespaceChecks(ServiceDraft service, Report report) {
        this.service = service;
        this.report = report;
    }

    static void run(ServiceDraft service, ProjectDraft project, Report report) {
        var checks = new NamespaceChecks(service, report);
        if (isAnothers(service)) {
            checks.network();
        }
        checks.links(project);
        checks.ipc(project);
    }

    /// Whether `service` has the network of another container.
    static boolean isAnothers(ServiceDraft service) {
        return service.namespaces.containsKey("NetworkMode")
                || service.hostText("NetworkMode").startsWith("container:");
    }

    private void network() {
        OF_THE_NETWORK.forEach((key, member) -> {
            if (service.host.containsKey(member) || service.container.containsKey(member)) {
                refuse(key, service.at(key));
            }
        });
        service.ports.stream().findFirst().ifPresent(port -> refuse("ports", port.at()));
        service.ports.clear();
    }

    private void refuse(String key, Position at) {
        report.error(
                at,
                "'" + key + "' with the network of another container",
                "the Engine refuses it",
                "write it for the service whose network it is");
    }

    private void links(ProjectDraft project) {
        var named = !service.written.containsKey("network_mode");
        if (!named && !isOnDefaultBridge(service)) {
            service.links.stream()
                    .findFirst()
                    .ifPresent(link -> report.error(
                            link.at(),
                            "'links' without a network of its own",
                            "they are names in a network of containers",
                            "remove them, or 'network_mode'"));
            return;
        }
        for (var link : service.links) {
            var linked = project.services.get(link.value().service());
            if (linked != null && named && !haveOneNetwork(service, linked)) {
                report.warn(
                        link.at(),
                        "'" + linked.name.value() + "' is on no network of '" + service.name.value()
                                + "', so the link leads nowhere",
                        "put both on one network");
            } else if (linked != null && !named && !isOnDefaultBridge(linked)) {
                report.error(
                        link.at(),
                        "'" + linked.name.value() + "' is not on the default bridge",
                        "the Engine refuses the link",
                        "remove 'network_mode', or write it for both");
            }
        }
    }

    private static boolean isOnDefaultBridge(ServiceDraft service) {
        return service.hostText("NetworkMode").equals("bridge");
    }

    private static boolean haveOneNetwork(ServiceDraft one, ServiceDraft other) {
        return one.networks.stream()
                .anyMatch(mine -> other.networks.stream()
                        .anyMatch(
                                its -> its.value().network().equals(mine.value().network())));
    }

    private void ipc(ProjectDraft project) {
        var shared = service.namespaces.get("IpcMode");
        var owner = shared == null ? null : project.services.get(shared.value());
        if (shared != null && owner != null && !owner.hostText("IpcMode").equals("shareable")) {
            report.error(
                    shared.at(),
                    "the IPC namespace of '" + shared.value() + "' is its own",
                    "the Engine lets nobody else in",
                    "write ipc: shareable for '" + shared.value() + "'");
        }
    }
}
