package dev.hostseed.systemd.supervise;

import dev.hostseed.core.data.Data;
import dev.hostseed.core.host.Connections.Attachment;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.Mount;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.Project;
import dev.hostseed.core.host.ProjectName;
import dev.hostseed.core.host.Replica;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.Service;
import dev.hostseed.core.host.ServiceName;
import dev.hostseed.core.host.Volume;
import dev.hostseed.core.image.LockedImage;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/// What a project's services, networks and volumes are to the Engine. Pure: equal projects give equal definitions.
///
/// Rules: Engine API 1.41, `POST /containers/create`, `/networks/create` and `/volumes/create`.
public final class Definitions {
    private Definitions() {}

    /// The name of the container of `replica`, unless its service says another one.
    public static EngineName containerName(ProjectName project, Replica replica) {
        var service = replica.service();
        var number = replica.number() == 0 ? "" : "-" + replica.number();
        return service.engine().name().orElseGet(() -> new EngineName(project + "-" + service.name() + number));
    }

    /// The container of `replica`.
    ///
    /// @param image that the service's reference was locked to
    /// @param place where on the host it has its own
    public static ContainerDefinition container(Project project, Replica replica, LockedImage image, Place place) {
        var service = replica.service();
        var peers = new Peers(project);
        var attachments = service.connections().networks();
        var create = CreateBody.of(project, service, place.unit())
                .with(
                        "HostConfig",
                        new HostConfig(project, place.filesRoot())
                                .of(
                                        service,
                                        place.slice(),
                                        place.logging(),
                                        firstNetwork(project, attachments),
                                        peers.links(replica)));
        if (replica.number() > 0) {
            create = Labels.with(create, Labels.INSTANCE, Integer.toString(replica.number()));
        }
        var endpoints = endpoints(project, service, peers.links(replica));
        return sealed(new ContainerDefinition(
                containerName(project.name(), replica),
                place.unit(),
                project.runsToCompletion(service.name()),
                wholeSeconds(service.stopGracePeriod()),
                List.of(image.config().digest(), image.loaded()),
                withFirst(create, endpoints),
                withoutFirst(endpoints),
                grants(project, service),
                ExecBody.of(service.hooks()),
                false));
    }

    private static List<Grant> grants(Project project, Service service) {
        var grants = new ArrayList<Grant>();
        for (var mount : service.connections().mounts()) {
            if (mount instanceof Mount.Granted granted) {
                var file = project.granted(granted.kind(), granted.source());
                grants.add(new Grant(granted, file.fingerprint()));
            }
        }
        return grants;
    }

    /// What runs before the first container of `service`, in a container of its own.
    ///
    /// @param number from 1, of those steps
    /// @param image that the step's reference was locked to
    public static ContainerDefinition step(
            Project project, Service service, int number, LockedImage image, Place place) {
        var step = service.hooks().preStart().get(number - 1);
        var instance = "pre-start-" + number;
        var attachments = service.connections().networks();
        var config = new HostConfig(project, place.filesRoot())
                .of(service, step, place.slice(), place.logging(), firstNetwork(project, attachments));
        var create = CreateBody.of(project, service, step, place.unit()).with("HostConfig", config);
        var endpoints = endpoints(project, service, List.of());
        return sealed(new ContainerDefinition(
                new EngineName(project.name() + "-" + service.name() + "-" + instance),
                place.unit(),
                true,
                wholeSeconds(service.stopGracePeriod()),
                List.of(image.config().digest(), image.loaded()),
                withFirst(Labels.with(create, Labels.INSTANCE, instance), endpoints),
                withoutFirst(endpoints),
                grants(project, service),
                ContainerDefinition.Hooks.none(),
                true));
    }

    public static NetworkDefinition network(ProjectName project, Network network) {
        return switch (network.origin()) {
            case Network.External() -> new NetworkDefinition(network.engineName(), true, Data.mapping());
            case Network.Made made -> {
                var labels = ours(Data.texts(made.labels()), project, Labels.NETWORK, network.key());
                var create = Data.mapping()
                        .with("Name", network.engineName().value())
                        .with("CheckDuplicate", true) // the Engine before API 1.44 else makes a second of the name
                        .with("Driver", made.driver())
                        .with("Internal", made.reach().internal())
                        .with("Attachable", made.reach().attachable())
                        .with("EnableIPv6", made.reach().ipv6())
                        .withUnlessEmpty("IPAM", ipam(made.ipam()))
                        .withUnlessEmpty("Options", Data.texts(made.driverOptions()))
                        .with("Labels", labels);
                if (!made.reach().ipv4()) { // which no Engine before API 1.48 can do without
                    create = create.with("EnableIPv4", false);
                }
                yield new NetworkDefinition(network.engineName(), false, Labels.sealed(create, create));
            }
        };
    }

    public static VolumeDefinition volume(ProjectName project, Volume volume) {
        return switch (volume.origin()) {
            case Volume.External() -> new VolumeDefinition(volume.engineName(), true, Data.mapping());
            case Volume.Made(var driver, var options, var labels) -> {
                var create = Data.mapping()
                        .with("Name", volume.engineName().value())
                        .with("Driver", driver)
                        .withUnlessEmpty("DriverOpts", Data.texts(options))
                        .with("Labels", ours(Data.texts(labels), project, Labels.VOLUME, volume.key()));
                yield new VolumeDefinition(volume.engineName(), false, Labels.sealed(create, create));
            }
        };
    }

    private static Duration wholeSeconds(Duration time) {
        return time.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    }

    private static ContainerDefinition sealed(ContainerDefinition plain) {
        return new ContainerDefinition(
                plain.name(),
                plain.unit(),
                plain.job(),
                plain.grace(),
                plain.images(),
                Labels.sealed(plain.create(), plain.toData()),
                plain.endpoints(),
                plain.grants(),
                plain.hooks(),
                plain.once());
    }

    private static Data.Mapping ours(Data.Mapping labels, ProjectName project, String kind, ResourceName key) {
        return labels.with(Labels.PROJECT, project.value()).with(kind, key.value());
    }

    private static Data.Mapping ipam(Network.Ipam ipam) {
        var config = new ArrayList<Data>();
        for (var subnet : ipam.subnets()) {
            config.add(Data.mapping()
                    .withUnlessEmpty("Subnet", new Data.Text(subnet.subnet()))
                    .withUnlessEmpty("IPRange", new Data.Text(subnet.ipRange()))
                    .withUnlessEmpty("Gateway", new Data.Text(subnet.gateway()))
                    .withUnlessEmpty("AuxiliaryAddresses", Data.texts(subnet.auxAddresses())));
        }
        return Data.mapping()
                .withUnlessEmpty("Driver", new Data.Text(ipam.driver()))
                .withUnlessEmpty("Options", Data.texts(ipam.options()))
                .withUnlessEmpty("Config", new Data.Sequence(config));
    }

    private static String firstNetwork(Project project, List<Attachment> attachments) {
        return attachments.isEmpty()
                ? "none"
                : engineName(project, attachments.getFirst().network()).value();
    }

    private static List<ContainerDefinition.Endpoint> endpoints(Project project, Service service, List<String> links) {
        return service.connections().networks().stream()
                .map(attachment -> endpoint(project, service.name(), attachment, links))
                .toList();
    }

    private static Data.Mapping withFirst(Data.Mapping create, List<ContainerDefinition.Endpoint> endpoints) {
        if (endpoints.isEmpty()) {
            return create;
        }
        var first = endpoints.getFirst();
        var config = Data.mapping().with(first.network().value(), first.config());
        return create.with("NetworkingConfig", Data.mapping().with("EndpointsConfig", config));
    }

    private static List<ContainerDefinition.Endpoint> withoutFirst(List<ContainerDefinition.Endpoint> endpoints) {
        return endpoints.subList(Math.min(1, endpoints.size()), endpoints.size());
    }

    private static ContainerDefinition.Endpoint endpoint(
            Project project, ServiceName service, Attachment attachment, List<String> links) {
        var aliases = new ArrayList<>(List.of(service.value()));
        aliases.addAll(attachment.aliases());
        var addresses = Data.mapping()
                .withUnlessEmpty("IPv4Address", new Data.Text(attachment.ipv4Address()))
                .withUnlessEmpty("IPv6Address", new Data.Text(attachment.ipv6Address()))
                .withUnlessEmpty("LinkLocalIPs", Data.texts(attachment.linkLocalIps()));
        var config = Data.mapping()
                .with("Aliases", Data.texts(aliases))
                .withUnlessEmpty("Links", Data.texts(links))
                .withUnlessEmpty("IPAMConfig", addresses);
        for (var setting : attachment.engine().entries().entrySet()) {
            config = config.with(setting.getKey(), setting.getValue());
        }
        return new ContainerDefinition.Endpoint(engineName(project, attachment.network()), config);
    }

    private static EngineName engineName(Project project, ResourceName key) {
        for (var network : project.networks()) {
            if (network.key().equals(key)) {
                return network.engineName();
            }
        }
        throw new IllegalArgumentException("the project has no network '" + key + "'");
    }
}
