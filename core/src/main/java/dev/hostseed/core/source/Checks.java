package dev.hostseed.core.source;

import dev.hostseed.core.host.Connections.Attachment;
import dev.hostseed.core.host.Dependency.Condition;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.RestartPolicy;
import dev.hostseed.core.host.TargetPath;
import dev.hostseed.core.notation.Addresses;
import dev.hostseed.core.problem.Code;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.problem.Position;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What cannot be seen in one key: rules between the parts of a project.
final class Checks {
    private final ProjectDraft project;
    private final Scope scope;

    private Checks(ProjectDraft project, Scope scope) {
        this.project = project;
        this.scope = scope;
    }

    static void run(ProjectDraft project, Scope scope) {
        var checks = new Checks(project, scope.as(Code.L04));
        project.services.values().forEach(service -> Deployed.settle(service, scope.report()));
        project.services.values().forEach(service -> {
            service.dependencies.removeIf(d -> !d.value().required()
                    && project.disabled.containsKey(d.value().on()));
            checks.dependencies(service);
            checks.networks(service);
            checks.mounts(service);
            ScaleChecks.run(service, project, scope.report().as(Code.L05));
            NamespaceChecks.run(service, project, scope.report().as(Code.L05));
            EngineChecks.run(service, scope.report().as(Code.L05));
        });
        ContainerNames.check(project, scope.as(Code.N04));
        checks.unused();
        new Cycles(project, scope.report().as(Code.U17)).tell();
        PortClashes.tell(project, scope.report().as(Code.P09));
        OwnNames.check(project, scope.as(Code.N04));
    }

    private void error(Position at, String what, String remedy) {
        scope.report().error(at, what, remedy);
    }

    private void missing(Position at, String what, String remedy) {
        scope.report().as(Code.P11).error(at, what, remedy);
    }

    private void dependencies(ServiceDraft service) {
        for (var dependency : service.dependencies) {
            var name = dependency.value().on();
            var on = project.services.get(name);
            if (on == null && project.disabled.containsKey(name)) {
                error(
                        dependency.at(),
                        "the service '" + name + "' is in no active profile",
                        "name one of its profiles with --profile: " + String.join(", ", project.disabled.get(name)));
            } else if (on == null) {
                error(
                        dependency.at(),
                        "there is no service '" + name + "'",
                        nearest(name, project.services.keySet(), "services"));
            } else if (dependency.value().condition() == Condition.COMPLETED_SUCCESSFULLY
                    && on.restart instanceof RestartPolicy.Always) {
                error(
                        dependency.at(),
                        "'" + name + "' is always started again, so it never completes",
                        "write restart: \"no\" or on-failure for it");
            }
        }
    }

    private static String nearest(Object name, Collection<?> known, String section) {
        var names = known.stream().map(Object::toString).collect(Collectors.toSet());
        return Nearest.to(name.toString(), names)
                .map(n -> "did you mean '" + n + "'?")
                .orElse("describe it under '" + section + "', or remove this");
    }

    private void networks(ServiceDraft service) {
        for (var attachment : service.networks) {
            var key = attachment.value().network();
            var network = project.networks.get(key);
            if (network == null && !key.value().equals("default")) {
                missing(
                        attachment.at(),
                        "there is no network '" + key + "'",
                        nearest(key, project.networks.keySet(), "networks"));
            }
            if (network == null || network.value().origin() instanceof Network.Made) {
                addresses(attachment, network);
            }
        }
    }

    private void addresses(Located<Attachment> attachment, @Nullable Located<Network> network) {
        var subnets = network != null && network.value().origin() instanceof Network.Made made
                ? made.ipam().subnets()
                : List.<Network.Subnet>of();
        for (var address :
                List.of(attachment.value().ipv4Address(), attachment.value().ipv6Address())) {
            if (!address.isEmpty()
                    && subnets.stream()
                            .noneMatch(s -> !s.subnet().isEmpty() && Addresses.isWithin(address, s.subnet()))) {
                missing(
                        attachment.at(),
                        "the address " + address + " is in no subnet of '"
                                + attachment.value().network() + "'",
                        "write the subnet under 'ipam' of the network");
            }
        }
    }

    private void unused() {
        var networks = usedNetworks(project);
        project.networks.forEach((key, network) -> {
            if (!networks.contains(key) && !key.value().equals("default")) {
                unused(network.at(), "no service is on the network '" + key + "'", "networks");
            }
        });
        var volumes = usedVolumes(project);
        project.volumes.forEach((key, volume) -> {
            if (!volumes.contains(key)) {
                unused(volume.at(), "no service mounts the volume '" + key + "'", "volumes");
            }
        });
    }

    private void unused(Position at, String what, String section) {
        scope.report()
                .as(Code.L07)
                .info(at, what + ", so it is not made", "name it under '" + section + "' of a service, or remove it");
    }

    private void mounts(ServiceDraft service) {
        var taken = new HashSet<TargetPath>();
        for (var mount : service.mounts) {
            if (!taken.add(mount.value().target())) {
                scope.report()
                        .as(Code.P07)
                        .error(mount.at(), "a second mount at '" + mount.value().target() + "'", "remove one of them");
            }
            if (mount.value() instanceof Mount.Named named && !project.volumes.containsKey(named.volume())) {
                missing(
                        mount.at(),
                        "there is no volume '" + named.volume() + "'",
                        nearest(named.volume(), project.volumes.keySet(), "volumes"));
            }
            if (mount.value() instanceof Mount.Granted granted
                    && !project.granted(granted.kind()).containsKey(granted.source())) {
                error(
                        mount.at(),
                        "there is no " + granted.kind() + " '" + granted.source() + "'",
                        nearest(
                                granted.source(),
                                project.granted(granted.kind()).keySet(),
                                granted.kind().section()));
            }
        }
    }

    /// Keys of networks that a service is attached to.
    static Set<ResourceName> usedVolumes(ProjectDraft project) {
        return project.services.values().stream()
                .flatMap(s -> s.mounts.stream())
                .flatMap(m -> m.value() instanceof Mount.Named named ? Stream.of(named.volume()) : Stream.of())
                .collect(Collectors.toSet());
    }

    static Set<ResourceName> usedNetworks(ProjectDraft project) {
        return project.services.values().stream()
                .flatMap(s -> s.networks.stream())
                .map(n -> n.value().network())
                .collect(Collectors.toSet());
    }
}
