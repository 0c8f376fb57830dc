package dev.hostseed.core.source;

import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.problem.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Names of containers have to differ: those that are written, and those that are made of the names of services.
///
/// Rule: `dev.hostseed.systemd.supervise.Definitions`, which makes them.
final class ContainerNames {
    private final Map<String, ServiceName> taken = new HashMap<>();
    private final Scope scope;

    private ContainerNames(Scope scope) {
        this.scope = scope;
    }

    static void check(ProjectDraft project, Scope scope) {
        var names = new ContainerNames(scope);
        project.services
                .values()
                .forEach(service -> names.made(service)
                        .forEach(name ->
                                names.claim(name, service.name.at(), service, "choose another name for one of them")));
        project.services
                .values()
                .forEach(service -> service.containerName.ifPresent(own -> names.claim(
                        own.value(), service.at("container_name"), service, "choose another one, or remove it")));
    }

    private void claim(String name, Position at, ServiceDraft service, String remedy) {
        var other = taken.putIfAbsent(name, service.name.value());
        if (other != null) {
            scope.report().error(at, "the container of '" + other + "' has the name '" + name + "' already", remedy);
        }
    }

    private List<String> made(ServiceDraft service) {
        var plain = scope.project() + "-" + service.name.value();
        var names = new ArrayList<String>();
        for (var number = 1; number <= service.count() && service.count() > 1; number++) {
            names.add(plain + "-" + number);
        }
        if (names.isEmpty() && service.containerName.isEmpty()) {
            names.add(plain);
        }
        for (var number = 1; number <= service.preStart.size(); number++) {
            names.add(plain + "-pre-start-" + number);
        }
        return names;
    }
}
