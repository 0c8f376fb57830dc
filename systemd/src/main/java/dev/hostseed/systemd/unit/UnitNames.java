package dev.hostseed.systemd.unit;

import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.Replica;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.ServiceName;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// How the units of a project are called: its own name always comes first.
public final class UnitNames {
    private UnitNames() {}

    /// All of the project, to be started and stopped at once.
    public static UnitName target(ProjectName project) {
        return new UnitName(project + ".target");
    }

    /// The container of `replica`.
    public static UnitName service(ProjectName project, Replica replica) {
        return new UnitName(project + "-" + replica.name() + ".service");
    }

    /// All containers of `service`.
    public static List<UnitName> services(ProjectName project, Service service) {
        return service.replicas().stream()
                .map(replica -> service(project, replica))
                .toList();
    }

    /// What runs before the containers of `service`.
    ///
    /// @param number of the step, from 1
    public static UnitName step(ProjectName project, ServiceName service, int number) {
        return new UnitName(project + "-" + stepName(service, number) + ".service");
    }

    /// All steps before the containers of `service`, in their order.
    public static List<UnitName> steps(ProjectName project, Service service) {
        return IntStream.rangeClosed(1, service.hooks().preStart().size())
                .mapToObj(number -> step(project, service.name(), number))
                .toList();
    }

    /// How a step is called within its project, which no service can be called.
    public static String stepName(ServiceName service, int number) {
        return service + "@pre-start-" + number;
    }

    /// What loads the project's images into the Engine.
    public static UnitName images(ProjectName project) {
        return new UnitName(project + "-images.service");
    }

    /// What runs the host's own commands before the first container.
    public static UnitName prepare(ProjectName project) {
        return new UnitName(project + "-prepare.service");
    }

    /// What makes the network `key`, or finds it.
    public static UnitName network(ProjectName project, ResourceName key) {
        return new UnitName(project + "-network-" + key + ".service");
    }

    /// What makes the volume `key`, or finds it.
    public static UnitName volume(ProjectName project, ResourceName key) {
        return new UnitName(project + "-volume-" + key + ".service");
    }

    /// The control group of all of the project.
    public static UnitName slice(ProjectName project) {
        return new UnitName(escape(project.value()) + ".slice");
    }

    /// The control group of `replica`: of its supervisor and of its container. That of its service is above it.
    public static UnitName slice(ProjectName project, Replica replica) {
        var service = replica.service().name();
        return replica.number() == 0
                ? slice(project, service)
                : new UnitName(
                        escape(project.value()) + "-" + escape(service.value()) + "-" + replica.number() + ".slice");
    }

    /// The control group of all of `service`.
    public static UnitName slice(ProjectName project, ServiceName service) {
        return new UnitName(escape(project.value()) + "-" + escape(service.value()) + ".slice");
    }

    /// Why the units of `project` cannot all have their names, in words for its author. Empty if they can.
    public static List<String> problems(Project project) {
        var problems = new ArrayList<String>();
        var owners = new HashMap<UnitName, String>();
        var name = project.name();
        claim(() -> images(name), "the images of the project", owners, problems);
        claim(() -> prepare(name), "the commands before services", owners, problems);
        for (var network : project.networks()) {
            claim(() -> network(name, network.key()), "network '" + network.key() + "'", owners, problems);
        }
        for (var volume : project.volumes()) {
            claim(() -> volume(name, volume.key()), "volume '" + volume.key() + "'", owners, problems);
        }
        for (var service : project.services()) {
            var owner = "service '" + service.name() + "'";
            for (var replica : service.replicas()) {
                claim(() -> service(name, replica), owner, owners, problems);
            }
            claim(() -> slice(name, service.name()), owner, owners, problems);
        }
        return problems;
    }

    private static void claim(
            Supplier<UnitName> name, String owner, Map<UnitName, String> owners, List<String> problems) {
        try {
            var other = owners.putIfAbsent(name.get(), owner);
            if (other != null) {
                problems.add("%s and %s would both be %s; rename one".formatted(other, owner, name.get()));
            }
        } catch (IllegalArgumentException tooLong) {
            problems.add(owner + " has too long a name for a unit; shorten it");
        }
    }

    /// `name` as one level of a slice's name, where a plain `-` would begin the next level.
    ///
    /// Rule: systemd-escape(1), for names of the letters, digits and `._-` that Compose admits.
    private static String escape(String name) {
        var escaped = name.replace("-", "\\x2d");
        return escaped.startsWith(".") ? "\\x2e" + escaped.substring(1) : escaped;
    }
}
