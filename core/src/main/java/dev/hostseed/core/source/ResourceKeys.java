package dev.hostseed.core.source;

import static dev.hostseed.core.source.Key.Shape.LIST;
import static dev.hostseed.core.source.Key.Shape.MAPPING;
import static dev.hostseed.core.source.Key.Shape.SCALAR;
import static dev.hostseed.core.source.Key.mapping;
import static dev.hostseed.core.source.Key.of;
import static dev.hostseed.core.source.Key.scalar;

import dev.hostseed.core.host.EngineName;
import dev.hostseed.core.host.Network;
import dev.hostseed.core.host.ResourceName;
import dev.hostseed.core.host.Volume;
import dev.hostseed.core.problem.Located;
import dev.hostseed.core.yaml.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/// Networks and volumes at the top of a Compose file.
final class ResourceKeys {
    /// What both kinds know.
    private static final Keys<Draft> COMMON = Keys.<Draft>of(
            scalar("name", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.name = t)),
            scalar("driver", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.driver = t)),
            mapping("driver_opts", (node, into, scope) -> into.options = Fields.options(node, scope)),
            of("external", Set.of(SCALAR, MAPPING), ResourceKeys::external),
            of("labels", Set.of(LIST, MAPPING), (node, into, scope) -> into.labels = Fields.labels(node, scope)));

    private static final Keys<Draft> OLD_EXTERNAL = Keys.<Draft>of(
            scalar("name", (node, into, scope) -> Fields.text(node, scope).ifPresent(t -> into.name = t)));

    private static final Keys<Draft> NETWORK = COMMON.and(Keys.<Draft>of(
                    scalar(
                            "internal",
                            (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.internal = f)),
                    scalar(
                            "attachable",
                            (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.attachable = f)),
                    scalar(
                            "enable_ipv6",
                            (node, into, scope) -> Fields.flag(node, scope).ifPresent(f -> into.ipv6 = f)),
                    mapping("ipam", (node, into, scope) -> IpamKeys.read(node, into.subnets, scope))))
            .andPlanned("remove it", "enable_ipv4");

    private ResourceKeys() {}

    private static final class Draft {
        String name = "";
        String driver = "";
        SortedMap<String, String> options = new TreeMap<>();
        SortedMap<String, String> labels = new TreeMap<>();
        boolean external;
        boolean internal;
        boolean attachable;
        boolean ipv6;
        final List<Network.Subnet> subnets = new ArrayList<>();
    }

    static void networks(Node node, ProjectDraft into, Scope scope) {
        each(node, NETWORK, scope, (key, draft) -> {
            if (draft.value().driver.equals("overlay")) {
                scope.report().error(draft.at(), "the driver overlay needs a swarm", "write bridge, or remove it");
            }
            engineName(key, draft, scope)
                    .ifPresent(name -> into.networks.put(
                            key, new Located<>(draft.at(), new Network(key, name, networkOrigin(draft.value())))));
        });
    }

    static void volumes(Node node, ProjectDraft into, Scope scope) {
        each(
                node,
                COMMON,
                scope,
                (key, draft) -> engineName(key, draft, scope)
                        .ifPresent(name -> into.volumes.put(
                                key, new Located<>(draft.at(), new Volume(key, name, volumeOrigin(draft.value()))))));
    }

    /// The network that Compose makes for services that name none.
    static Network implicit(Scope scope) {
        var key = new ResourceName("default");
        return new Network(key, new EngineName(scope.project() + "_default"), networkOrigin(new Draft()));
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

    private static Optional<EngineName> engineName(ResourceName key, Located<Draft> draft, Scope scope) {
        var written = draft.value().name;
        var name = !written.isEmpty() ? written : draft.value().external ? key.value() : scope.project() + "_" + key;
        return Fields.made(name, draft.at(), scope, "write another 'name'", EngineName::new);
    }

    private static Network.Origin networkOrigin(Draft draft) {
        return draft.external
                ? new Network.External()
                : new Network.Made(
                        draft.driver.isEmpty() ? "bridge" : draft.driver,
                        draft.options,
                        draft.labels,
                        new Network.Reach(draft.internal, draft.attachable, draft.ipv6),
                        draft.subnets);
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
