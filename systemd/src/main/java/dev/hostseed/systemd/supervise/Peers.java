package dev.hostseed.systemd.supervise;

import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.Replica;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.host.Sharing.VolumesFrom;
import java.util.ArrayList;
import java.util.List;

/// The containers of a project, as they name each other. By name and not by id: a container is made anew at each start.
///
/// Rule: docker/compose, `pkg/compose/convergence.go`.
record Peers(Project project) {

    /// What `replica` calls the containers that it is linked with: `name:alias`, three for each.
    List<String> links(Replica replica) {
        var links = new ArrayList<String>();
        var number = Math.max(1, replica.number());
        for (var link : replica.service().connections().sharing().links()) {
            for (var linked : containers(link.service())) {
                links.add(linked + ":" + link.alias());
                links.add(linked + ":" + link.service() + "-" + number);
                links.add(linked + ":" + project.name() + "-" + link.service() + "-" + number);
            }
        }
        return links;
    }

    /// `HostConfig.VolumesFrom`. Compose loses `ro` on the way; the Engine knows it.
    List<String> volumesFrom(Service service) {
        var names = new ArrayList<String>();
        for (var from : service.connections().sharing().volumesFrom()) {
            var name = switch (from) {
                case VolumesFrom.OfService(var other, var ignored) -> first(other);
                case VolumesFrom.OfContainer(var container, var ignored) -> container;
            };
            names.add(name + (from.readOnly() ? ":ro" : ""));
        }
        return names;
    }

    /// The container of `service` whose namespaces and mounts others have.
    EngineName first(ServiceName service) {
        return containers(service).getFirst();
    }

    private List<EngineName> containers(ServiceName name) {
        var service = project.find(name)
                .orElseThrow(() -> new IllegalArgumentException("the project has no service '" + name + "'"));
        return service.replicas().stream()
                .map(replica -> Definitions.containerName(project.name(), replica))
                .toList();
    }
}
