package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.Shape.SCALAR;
import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.EngineApi;
import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.Volume;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.yaml.Node;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Networks and volumes at the top of a Compose file.
final class ResourceKeys {
    /// What both kinds know.
    static final Keys<Draft> COMMON = Keys.<Draft>of(
            scalar("name", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.name = t)),
            scalar("driver", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.driver = t)),
            mapping("driver_opts", (node, into, scope) -> into.options = Fields.options(node, scope)),
            of("external", Set.of(SCALAR, MAPPING), ResourceKeys::external),
            of("labels", Set.of(LIST, MAPPING), (node, into, scope) -> into.labels = Fields.labels(node, scope)));

    static final Keys<Draft> OLD_EXTERNAL = Keys.<Draft>of(
            scalar("name", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.name = t)));

    static final Keys<Draft> NETWORK = COMMON.and(Keys.<Draft>of(
            scalar("internal", (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.internal = f)),
            scalar("attachable", (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.attachable = f)),
            scalar(
                    "enable_ipv6",
                    (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.ipv6 = f)),
            scalar("enable_ipv4", ResourceKeys::ipv4),
            mapping("ipam", (node, into, scope) -> IpamKeys.KEYS.read(node, into.ipam, scope))));

    private ResourceKeys() {}

    static final class Draft {
        String name = "";
        String driver = "";
        SortedMap<String, String> options = new TreeMap<>();
        SortedMap<String, String> labels = new TreeMap<>();
        boolean external;
        boolean internal;
        boolean attachable;
        boolean ipv6;
        boolean ipv4 = true;
        final IpamKeys.Draft ipam = new IpamKeys.Draft();
    }

    static void networks(Node node, ProjectDraft into, Scope scope) {
        each(node, NETWORK, scope, (key, draft) -> {
            refuseDriver(draft, scope);
            engineName(draft, scope)
                    .ifPresent(name -> into.networks.put(
                            key, new Located<>(draft.at(), new Network(key, name, networkOrigin(draft.value())))));
        });
    }

    private static void refuseDriver(Located<Draft> network, Scope scope) {
        var driver = network.value().driver;
        switch (driver) {
            case "overlay" ->
                scope.report().error(network.at(), "the driver overlay needs a swarm", "write bridge, or remove it");
            case "host", "none" ->
                scope.report()
                        .error(
                                network.at(),
                                "there is one network of the driver " + driver + ", the Engine's own",
                                "write 'network_mode: " + driver + "' at the services");
            case "nat", "transparent", "l2bridge", "l2tunnel", "ics" ->
                scope.report().error(network.at(), "the driver " + driver + " is of Windows", "write bridge");
            default -> {} // the Engine knows, or a plugin
        }
    }

    private static void ipv4(Node node, Draft into, Scope scope) {
        Fields.flag(node, scope).ifPresent(enabled -> {
            into.ipv4 = enabled;
            if (!enabled) {
                scope.needs().add(node.at(), "'enable_ipv4: false'", new EngineApi(48));
            }
        });
    }

    static void volumes(Node node, ProjectDraft into, Scope scope) {
        each(
                node,
                COMMON,
                scope,
                (key, draft) -> engineName(draft, scope)
                        .ifPresent(name -> into.volumes.put(
                                key, new Located<>(draft.at(), new Volume(key, name, volumeOrigin(draft.value()))))));
    }

    private static void each(
            Node node, Keys<Draft> keys, Scope scope, BiConsumer<ResourceName, Located<Draft>> consumer) {
        if (!(node instanceof Node.Mapping resources)) {
            return;
        }
        for (var entry : resources.entries()) {
            var at = entry.key().at();
            var draft = new Draft();
            if (!(entry.value() instanceof Node.Scalar scalar && scalar.isNull())) {
                keys.read(entry.value(), draft, scope);
            }
            refuseAttributes(entry, draft, scope);
            Fields.name(entry.key(), scope, ResourceName::new)
                    .ifPresent(key -> consumer.accept(key, new Located<>(at, draft)));
        }
    }

    private static void refuseAttributes(Node.Entry entry, Draft draft, Scope scope) {
        if (draft.external && entry.value() instanceof Node.Mapping keys) {
            keys.entries().stream()
                    .filter(e -> !(e.value() instanceof Node.Mapping value
                            && value.entries().isEmpty()))
                    .map(Node.Entry::key)
                    .filter(k -> !Set.of("name", "external").contains(k.text())
                            && !k.text().startsWith("x-"))
                    .forEach(k -> scope.report()
                            .error(k.at(), "'" + k.text() + "' of something external", "remove it, or 'external'"));
        }
    }

    private static Optional<EngineName> engineName(Located<Draft> draft, Scope scope) {
        return Fields.made(draft.value().name, draft.at(), scope, "write another 'name'", EngineName::new);
    }

    private static Network.Origin networkOrigin(Draft draft) {
        return draft.external
                ? new Network.External()
                : new Network.Made(
                        draft.driver.isEmpty() ? "bridge" : draft.driver,
                        draft.options,
                        draft.labels,
                        new Network.Reach(draft.internal, draft.attachable, draft.ipv4, draft.ipv6),
                        draft.ipam.ipam());
    }

    private static Volume.Origin volumeOrigin(Draft draft) {
        return draft.external
                ? new Volume.External()
                : new Volume.Made(draft.driver.isEmpty() ? "local" : draft.driver, draft.options, draft.labels);
    }

    private static void external(Node node, Draft into, Scope scope) {
        if (node instanceof Node.Mapping) {
            scope.report()
                    .warn(node.at(), "'external' as a mapping is old", "write external: true and name: beside it");
            into.external = true;
            OLD_EXTERNAL.read(node, into, scope);
        } else {
            Fields.flag(node, scope).ifPresent(f -> into.external = f);
        }
    }
}
